/* The form of a record: each field is saved by itself, with what was seen before it was changed. */
import { $, all, ask, does, query, say } from "./window.js";
import { findSpots, forgetSpots } from "./pages.js";
import { choose, chosen, select, view, working } from "./panel.js";
import { mark, showOutline } from "./outline.js";

const wait = new Map(); // what waits to be saved, by its field
const shown = $("#shown"), said = $("#said");

export async function open(file, at, field = "", finding = "") {
  await saveAll();
  const { ok, body } = await ask("/form" + query({ file, at, field }));
  if (!ok) return say(body.fault || body, true);
  choose("tab-form");
  shown.innerHTML = body;
  view("panel");
  for (const each of all(".field", shown)) {
    each.dataset.seen = entry(each).value;
    if (each.dataset.kind === "when") readDate(each);
  }
  mark(file, at);
  const wanted = field && $(`[data-field="${CSS.escape(field)}"]`, shown);
  const first = wanted && $("input, textarea, select, a", wanted);
  if (first) first.focus(); else $("h2", shown)?.focus();
  findSpots(file, at, field);
  point(finding);
}

/* Show at the fields of the form what is found wrong with them now. */
export async function noteForm() {
  if (!record() || !$("[data-notes]", shown) || $(".reason:focus", shown)) return;
  const { ok, body } = await ask("/form" + query(place()));
  if (!ok) return;
  const made = document.createElement("div");
  made.innerHTML = body;
  for (const notes of all("[data-notes]", shown)) {
    const now = $(`[data-notes="${CSS.escape(notes.dataset.notes)}"]`, made);
    if (now && now.innerHTML !== notes.innerHTML) notes.innerHTML = now.innerHTML;
  }
}

function point(key) {
  const finding = key && $(`[data-key="${CSS.escape(key)}"]`, shown);
  if (!finding) return;
  finding.classList.add("pointed");
  finding.scrollIntoView({ block: "nearest" });
}

const entry = (field) => $("input, textarea, select", field);
const record = () => $("form.record", shown);

function place(more = {}) {
  const form = record();
  return { file: form.dataset.file, at: form.dataset.at, known: form.dataset.known, ...more };
}

let turn = Promise.resolve(); // saves go one after another: each says what its record is called

const save = (field) => (turn = turn.then(() => saveNow(field)));

async function saveNow(field) {
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

export const saveAll = () => Promise.all([...wait.keys()].map(save));

async function readDate(field) {
  const out = $(".reading", field), text = entry(field).value;
  const { body } = text.trim() ? await ask("/reading" + query({ text })) : { body: {} };
  out.textContent = body.words || body.fault || "";
  out.classList.toggle("fault", Boolean(body.fault));
}

function format(button) {
  const input = entry(button.closest(".field")), { selectionStart: from, selectionEnd: to, value } = input;
  const chosen = value.slice(from, to), kind = button.dataset.mark;
  const made = kind === "link" ? `[${chosen || "…"}](https://)`
    : kind === "list" ? chosen.split("\n").map((line) => "- " + line).join("\n")
      : kind + (chosen || "…") + kind;
  input.setRangeText(made, from, to, "select");
  input.focus();
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

export async function change(path, given, then) {
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

Object.assign(does, {
  open: ({ dataset: { file, at, field, finding } }) => open(file, at, field, finding),
  add: ({ dataset: { file, at } }) => change("/add", { file, at, known: "" }, (made) => open(file, made.at)),
  up: () => move(-1),
  down: () => move(1),
  duplicate: () => change("/duplicate", place(), (made) => open(place().file, made.at)),
  delete: () => {
    if (!confirm(`${$("h2", shown).textContent}\n\n${said.dataset.delete}`)) return;
    change("/delete", place(), () => { shown.replaceChildren(); forgetSpots(); });
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
  format,
  settle,
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

function settle(button) {
  const field = button.closest(".field"), box = $(".conflict", field);
  field.dataset.seen = $("pre", box).textContent;
  box.hidden = true;
  if (button.dataset.keep === "theirs") { entry(field).value = field.dataset.seen; say(""); } else save(field);
}

export function reload() {
  if (record()) open(place().file, place().at);
  else if (chosen("tab-history")) select("tab-history");
}

addEventListener("beforeunload", (event) => { if (wait.size) event.preventDefault(); });
