/* The looks of the kit: what is chosen is written at once, and the pages beside show it. */
import { $, address, all, ask, does, listen, query, say } from "./window.js";

const MOST = 8; // pages that are shown

async function written(path, given) {
  const { ok, body } = await ask(path, given);
  say(ok ? "" : body.fault || body, !ok);
  if (!ok) return;
  const made = new DOMParser().parseFromString((await ask("/jobs/theme")).body, "text/html");
  $("#contrasts").replaceWith($("#contrasts", made));
}

const sections = () => written("/jobs/theme/sections", { colours: all("[data-section]").map((each) => each.value) });

document.addEventListener("change", async (event) => {
  const { target } = event;
  if (target.dataset.set) {
    if (target.type === "color") $(".hex", target.parentElement).textContent = target.value;
    written("/jobs/theme/set", { name: target.dataset.set, value: target.value });
  } else if (target.matches("[data-section]")) sections();
});

Object.assign(does, {
  oneMore: async (button) => {
    const last = all("[data-section]").at(-1), more = last.cloneNode();
    more.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+/, (digits) => Number(digits) + 1));
    last.after(" ", more);
    await sections();
    more.focus();
    button.hidden = all("[data-section]").length >= 12;
  },
  oneLess: async (button) => {
    all("[data-section]").at(-1).remove();
    await sections();
    button.hidden = all("[data-section]").length < 2;
  },
});

const logo = $("[data-logo]");
async function show(files) {
  const alt = $("#alt").value.trim();
  if (!alt) { $("#alt").focus(); $("#alt").reportValidity(); return; }
  const sent = await ask("/upload" + query({ name: files[0].name }), files[0]);
  if (!sent.ok) { say(sent.body.fault || sent.body, true); return; }
  const { ok, body: told } = await ask("/jobs/theme/logo", { file: sent.body.file, alt });
  if (ok) location.reload(); else say(told.fault || told, true);
}
$("#alt").required = true;
$("input", logo).addEventListener("change", (event) => show(event.target.files));
logo.addEventListener("dragover", (event) => event.preventDefault());
logo.addEventListener("drop", (event) => { event.preventDefault(); show(event.dataTransfer.files); });

listen(() => "/news", (news) => {
  const state = $("#state"), box = $("#looks");
  const stale = !news.working && news.stale;
  state.textContent = news.working ? state.dataset.working : news.failure || (stale ? state.dataset.stale : state.dataset.done);
  const shown = news.pages.slice(0, MOST);
  if (JSON.stringify(shown) === box.dataset.shown) return;
  box.dataset.shown = JSON.stringify(shown);
  box.replaceChildren(...shown.map((look, number) => Object.assign(document.createElement("img"), {
    src: address(`/page/${look}.png?width=700`), alt: `${box.dataset.alt} ${number + 1}`,
  })));
});
