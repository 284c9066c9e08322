/* The studio's window: it asks the server for views, sends changes, and shows what comes back.
   It knows nothing of a kit: fields, records and pages are what the server says they are. */
import "/assets/jobs.js";
import { $, all, ask, does, query, say } from "/assets/window.js";

const shown = $("#shown"), said = $("#said"), sheets = $("#sheets");
const wait = new Map(); // what waits to be saved, by its field
let spots = [], latest = {};

/* --- pages ------------------------------------------------------------------------------- */

async function showPages() {
  const { ok, body } = await ask("/pages");
  if (!ok) return;
  const made = document.createElement("div");
  made.innerHTML = body;
  const there = new Map(all("figure", sheets).map((each) => [each.dataset.look, each]));
  const figures = all("figure", made).map((each) => {
    const known = there.get(each.dataset.look);
    if (!known) return each;
    known.dataset.page = each.dataset.page;
    $("figcaption", known).textContent = $("figcaption", each).textContent;
    $("img", known).alt = $("img", each).alt;
    known.classList.remove("stale");
    there.delete(each.dataset.look);
    return known;
  });
  const top = $("#pages").scrollTop;
  sheets.replaceChildren(...figures);
  sharpen();
  $("#pages").scrollTop = top;
  lightUp();
}

function sharpen() {
  for (const figure of all("figure", sheets)) {
    const image = $("img", figure);
    const width = Math.ceil((figure.clientWidth * devicePixelRatio || 800) / 100) * 100;
    const source = `/page/${figure.dataset.look}.png?width=${width}`;
    if (image.getAttribute("src") !== source) image.src = source;
  }
}

function zoom(by) {
  const first = $("figure", sheets);
  if (!first) return;
  const width = by ? Math.min(Math.max(first.clientWidth * by, 120), 3000) : 0;
  sheets.style.setProperty("--page", width ? width + "px" : "min(100%, 50rem)");
  sharpen();
  lightUp();
}

sheets.addEventListener("click", async (event) => {
  const figure = event.target.closest("figure");
  if (!figure) return;
  const box = $("img", figure).getBoundingClientRect();
  const scale = figure.dataset.width / box.width;
  const tenths = (value) => Math.round(value * scale * 10);
  const { body } = await ask("/target" + query({
    page: figure.dataset.page, left: tenths(event.clientX - box.left), top: tenths(event.clientY - box.top),
  }));
  if (body) open(body.file, body.at, body.field);
});

async function findSpots(file, at) {
  const { ok, body } = await ask("/spots" + query({ file, at }));
  spots = ok ? body : [];
  lightUp(true);
}

function lightUp(move = false) {
  all(".spot").forEach((each) => each.remove());
  spots.forEach((spot, number) => {
    const figure = $(`figure[data-page="${spot.page}"]`, sheets);
    if (!figure) return;
    const scale = figure.clientWidth / figure.dataset.width;
    const mark = document.createElement("div");
    mark.className = "spot";
    mark.style.left = (spot.left - 2) * scale + "px";
    mark.style.top = (spot.top - 2) * scale + "px";
    mark.style.width = (spot.right - spot.left + 4) * scale + "px";
    mark.style.height = (spot.bottom - spot.top + 4) * scale + "px";
    figure.append(mark);
    if (move && !number) mark.scrollIntoView({ block: "center" });
  });
}

/* --- forms ------------------------------------------------------------------------------- */

async function open(file, at, field = "") {
  await saveAll();
  const { ok, body } = await ask("/form" + query({ file, at, field }));
  if (!ok) return say(body.fault || body, true);
  select("tab-form");
  shown.innerHTML = body;
  view("panel");
  for (const each of all(".field", shown)) {
    each.dataset.seen = entry(each).value;
    if (each.dataset.kind === "when") readDate(each);
  }
  $("#outline [aria-current]")?.scrollIntoView({ block: "nearest" });
  all("#outline a").forEach((link) => {
    const here = link.dataset.file === file && link.dataset.at === at;
    if (here) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  });
  const wanted = field && $(`[data-field="${CSS.escape(field)}"]`, shown);
  const first = wanted && $("input, textarea, select, a", wanted);
  if (first) first.focus();
  findSpots(file, at);
}

const entry = (field) => $("input, textarea, select", field);
const record = () => $("form.record", shown);

function place(more = {}) {
  const form = record();
  return { file: form.dataset.file, at: form.dataset.at, known: form.dataset.known, ...more };
}

async function save(field) {
  clearTimeout(wait.get(field));
  const input = entry(field), text = input.value, seen = field.dataset.seen;
  if (input.readOnly || text === seen) { wait.delete(field); return; }
  say(said.dataset.saving);
  let answer;
  try {
    answer = await ask("/save", place({ field: field.dataset.field, seen, text }));
  } catch {
    say(said.dataset.lost, true);
    wait.set(field, setTimeout(() => save(field), 2000));
    return;
  }
  wait.delete(field);
  const { ok, status, body } = answer;
  if (ok) {
    field.dataset.seen = text;
    working();
    const form = record();
    if (form && form.contains(field)) {
      if (body.at !== undefined) form.dataset.at = body.at;
      if (body.known !== undefined) form.dataset.known = body.known;
    }
    field.classList.add("saved");
    say(said.dataset.saved);
    if (input.value !== text) later(field);
  } else if (status === 409 && body.now !== null) {
    const box = $(".conflict", field);
    box.hidden = false;
    $("p", box).textContent = body.fault;
    $("pre", box).textContent = body.now;
    say(body.fault, true);
  } else {
    say(body.fault || body, true);
  }
}

function later(field) {
  clearTimeout(wait.get(field));
  wait.set(field, setTimeout(() => save(field), 500));
}

const saveAll = () => Promise.all([...wait.keys()].map(save));

async function readDate(field) {
  const out = $(".reading", field), text = entry(field).value;
  const { body } = text.trim() ? await ask("/reading" + query({ text })) : { body: {} };
  out.textContent = body.words || body.fault || "";
  out.classList.toggle("fault", Boolean(body.fault));
}

function mark(button) {
  const input = entry(button.closest(".field")), { selectionStart: from, selectionEnd: to, value } = input;
  const chosen = value.slice(from, to), kind = button.dataset.mark;
  const made = kind === "link" ? `[${chosen || "…"}](https://)`
    : kind === "list" ? chosen.split("\n").map((line) => "- " + line).join("\n")
      : kind + (chosen || "…") + kind;
  input.setRangeText(made, from, to, "select");
  input.focus();
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

async function change(path, given, then) {
  await saveAll();
  const { ok, body } = await ask(path, given);
  if (!ok) return say(body.fault || body, true);
  say(body.nothing ? said.dataset.nothing : said.dataset.saved);
  if (!body.nothing) working();
  await showOutline();
  if (then) then(body);
}

async function fill(list, name) {
  if (list.children.length) return;
  const { ok, body } = await ask("/values" + query({ name }));
  if (ok) list.append(...body.map((value) => Object.assign(document.createElement("option"), { value })));
}

async function upload(field, file) {
  say(said.dataset.saving);
  const sent = await fetch("/upload" + query({ name: file.name }), { method: "POST", body: file });
  const body = await sent.json();
  if (!sent.ok) return say(body.fault, true);
  entry(field).value = body.file;
  save(field);
}

async function post(button) {
  const { post: path, key = "", word = "", prompt: question } = button.dataset;
  const reason = question ? prompt(question) : "";
  if (reason === null || (question && !reason.trim())) return;
  button.disabled = true;
  await change(path, { key, word, reason }, () => button.closest("li").remove());
  button.disabled = false;
}

Object.assign(does, {
  up: () => move(-1),
  down: () => move(1),
  duplicate: () => change("/duplicate", place(), (made) => open(place().file, made.at)),
  delete: () => {
    if (!confirm(`${$("h2", shown).textContent}\n\n${said.dataset.delete}`)) return;
    change("/delete", place(), () => { shown.replaceChildren(); spots = []; lightUp(); });
  },
  yaml: async () => {
    await saveAll();
    const { ok, body } = await ask("/yaml" + query(place()));
    if (!ok) return say(body.fault || body, true);
    shown.innerHTML = body;
    record().dataset.seen = $("#yaml").value;
  },
  form: () => open(place().file, place().at),
  rewrite: async () => {
    const { ok, body } = await ask("/rewrite", place({ seen: record().dataset.seen, text: $("#yaml").value }));
    if (!ok) {
      say(body.fault || body, true);
      const box = $(".conflict", shown);
      box.hidden = !body.now;
      $("p", box).textContent = body.fault;
      $("pre", box).textContent = body.now || "";
      return;
    }
    say(said.dataset.saved);
    showOutline();
    open(place().file, body.at);
  },
});

function move(by) {
  const to = Number(place().at.split(".").pop()) + by;
  if (to >= 0) change("/move", place({ to }), (made) => open(place().file, made.at));
}

shown.addEventListener("input", (event) => {
  const field = event.target.closest(".field");
  if (!field) return;
  field.classList.remove("saved");
  later(field);
  if (field.dataset.kind === "when") readDate(field);
});
shown.addEventListener("change", (event) => {
  const field = event.target.closest(".field");
  if (!field) return;
  if (event.target.type === "file") upload(field, event.target.files[0]); else save(field);
});
shown.addEventListener("focusin", (event) => {
  const list = event.target.list;
  if (list) fill(list, list.id.slice("values-".length));
});
shown.addEventListener("dragover", (event) => { if (event.target.closest(".field")) event.preventDefault(); });
shown.addEventListener("drop", (event) => {
  const field = event.target.closest(".field"), file = event.dataTransfer.files[0];
  if (!field || !file || !$(".drop", field)) return;
  event.preventDefault();
  upload(field, file);
});

document.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-at], [data-do], [data-post], [data-mark], [data-keep], [data-undo], [data-load], [data-to]");
  if (!target || target.matches("form")) return;
  const { file, at, mark: marked, keep, undo, load, to } = target.dataset;
  if (target.dataset.do) does[target.dataset.do](target);
  else if (target.dataset.post) post(target);
  else if (marked) mark(target);
  else if (keep) settle(target.closest(".field"), keep);
  else if (undo) change("/undo", { number: Number(undo) }, () => select("tab-history", true));
  else if (to) view(to);
  else if (load !== undefined) select(target.id, true);
  else if (target.matches(".add")) change("/add", { file, at, known: "" }, (made) => open(file, made.at));
  else if (file !== undefined) { event.preventDefault(); open(file, at); }
});

function settle(field, keep) {
  const box = $(".conflict", field);
  field.dataset.seen = $("pre", box).textContent;
  box.hidden = true;
  if (keep === "theirs") { entry(field).value = field.dataset.seen; say(""); } else save(field);
}

/* --- the window -------------------------------------------------------------------------- */

async function select(id, load = false) {
  all("[role=tab]").forEach((tab) => {
    tab.setAttribute("aria-selected", tab.id === id);
    tab.tabIndex = tab.id === id ? 0 : -1;
  });
  shown.setAttribute("aria-labelledby", id);
  if (load && $("#" + id).dataset.load) {
    await saveAll();
    shown.innerHTML = (await ask($("#" + id).dataset.load)).body;
  }
}

$("[role=tablist]").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = all("[role=tab]"), next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  next.focus();
  select(next.id, true);
});

function view(name) {
  document.body.dataset.view = name;
  all(".switch button").forEach((each) => each.setAttribute("aria-pressed", each.dataset.to === name));
}

async function showOutline() {
  $("#entries").innerHTML = (await ask("/outline")).body;
  filter();
}

const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function filter() {
  const wanted = bare($("#search").value);
  for (const item of all("#entries li").reverse()) {
    const own = $(":scope > a", item);
    const hit = !wanted || (own && bare(own.textContent).includes(wanted));
    item.hidden = !hit && !all(":scope > ul > li", item).some((each) => !each.hidden);
  }
}

$("#search").addEventListener("input", filter);
$("#undo").addEventListener("click", () => change("/undo", {}, reload));
$("#redo").addEventListener("click", () => change("/redo", {}, reload));
$("#smaller").addEventListener("click", () => zoom(1 / 1.3));
$("#larger").addEventListener("click", () => zoom(1.3));
$("#fit").addEventListener("click", () => zoom(0));

function reload() {
  if (record()) open(place().file, place().at);
  else if ($("#tab-history").getAttribute("aria-selected") === "true") select("tab-history", true);
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  change(event.shiftKey ? "/redo" : "/undo", {}, reload);
});
addEventListener("beforeunload", (event) => { if (wait.size) event.preventDefault(); });

function working() { // at once: the server says so a moment later
  $("#state").textContent = $("#state").dataset.working;
  $("#state").className = "working";
}

async function tell(news) {
  const state = $("#state"), fresh = JSON.stringify(news.pages) !== JSON.stringify(latest.pages);
  latest = news;
  if (fresh) await showPages();
  const stale = !news.working && (news.faults > 0 || news.failure);
  state.textContent = news.working ? state.dataset.working : news.failure || (stale ? state.dataset.stale : state.dataset.done);
  state.className = news.working ? "working" : stale ? "stale" : "";
  $("#count").textContent = news.findings || "";
  all("figure", sheets).forEach((each) => each.classList.toggle("stale", Boolean(stale)));
  sheets.setAttribute("aria-busy", news.working);
  if ($("#tab-findings").getAttribute("aria-selected") === "true") select("tab-findings", true);
}

const news = new EventSource("/news");
news.onmessage = (event) => tell(JSON.parse(event.data));
news.onerror = () => say(said.dataset.lost, true);
news.onopen = () => { if (said.classList.contains("lost")) { say(""); saveAll(); } };
new ResizeObserver(() => { sharpen(); lightUp(); }).observe(sheets);
