/* The studio's window: it asks the server for views, sends changes, and shows what comes back.
   It knows nothing of a kit: fields, records and pages are what the server says they are. */
import { $, address, all, ask, does, listen, say } from "./window.js";
import { jump, markAnew, offer, pointOf, seen, showPages, spotAgain } from "./pages.js";
import { select, view, working } from "./panel.js";
import { change, open, reload, reopen, saveAll } from "./forms.js";
import { showFindings } from "./findings.js";
import "./fields.js";
import "./records.js";

let latest = {};

document.addEventListener("submit", (event) => { if (!event.target.closest("dialog")) event.preventDefault(); });
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-do]");
  if (!target) return;
  if (target.matches("a")) event.preventDefault();
  does[target.dataset.do](target, event);
});

$("#sheets").addEventListener("click", async (event) => {
  const point = pointOf(event);
  if (point && $("#pages").matches(".overview")) return jump(point.page);
  const { ok, body } = point ? await ask("/target" + seen(point)) : {};
  if (ok === false) return say(body.fault || body, true);
  if (body) open(body.file, body.at, body.field);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  (event.shiftKey ? does.redo : does.undo)();
});

Object.assign(does, {
  undo: (button) => change("/undo", button?.dataset.step ? { number: Number(button.dataset.step) } : {}, reload),
  redo: () => change("/redo", {}, reload),
  tab: async (tab) => { await saveAll(); if (tab.id === "tab-form") reopen(); else select(tab.id); },
});

does.blanks = () => { view("panel"); does.tab($("#tab-findings")); };

async function tell(news) {
  const state = $("#state"), fresh = JSON.stringify(news.pages) !== JSON.stringify(latest.pages);
  const other = ["found", "unread", "failure"].some((name) => news[name] !== latest[name]);
  latest = news;
  if (!news.reading && !offer(news.documents)) {
    say($("#document").dataset.gone);
    return showDocument();
  }
  if (fresh) await showPages();
  const stale = !news.working && news.stale;
  state.textContent = news.working ? state.dataset.working : news.failure || (stale ? state.dataset.stale : news.unread || state.dataset.done);
  state.className = news.working ? "working" : stale ? "stale" : "";
  $("#count").textContent = news.findings ? news.findings + (news.reading ? "…" : "") : "";
  $("#blanks").textContent = $("#blanks").dataset.words.replace("#", news.blanks);
  $("#blanks").hidden = !news.blanks;
  all("#sheets figure").forEach((each) => each.classList.toggle("stale", Boolean(stale)));
  $("#sheets").setAttribute("aria-busy", news.working);
  if (!news.working) { markAnew(false); spotAgain(); }
  if (fresh || other) showFindings();
}

let turn = Promise.resolve(); // one after another: no later news says that pages are shown that are still to come

const hear = listen(
  () => "/news" + seen(),
  (news) => { turn = turn.catch(() => {}).then(() => tell(news)); },
  () => { if ($("#said").classList.contains("lost")) { say(""); saveAll(); } },
  () => say($("#said").dataset.lost, true),
);

/* Show the document that is chosen: its pages come when they are laid out. */
function showDocument() {
  latest = {};
  $("#sheets").replaceChildren();
  $("#pdf").href = address("/document.pdf" + seen());
  $("#pages").scrollTop = 0;
  working();
  hear();
}
$("#document").addEventListener("change", showDocument);

/* A page of a job leads here to what it is about. */
const asked = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
if (asked.file) {
  view("panel");
  open(asked.file, asked.at, asked.field);
  history.replaceState(null, "", location.pathname);
}
