/* The form of a record: each field is saved by itself, with what was seen before it was changed. */
import { $, all, ask, does, query, say } from "./window.js";
import { findSpots, forgetSpots, jump, markAnew } from "./pages.js";
import { choose, chosen, select, view, working } from "./panel.js";
import { mark, showOutline } from "./outline.js";
import { pick } from "./picker.js";

const wait = new Map(); // what waits to be saved, by its field
const shown = $("#shown"), said = $("#said");

export async function open(file, at, field = "", finding = "") {
  let answer;
  do { // what is typed while the form comes belongs to the one before, and may be about the same record
    await saveAll();
    answer = await ask("/form" + query({ file, at, field }));
  } while (answer.ok && wait.size);
  const { ok, body } = answer;
  if (!ok) return say(body.fault || body, true);
  choose("tab-form");
  last = [file, at];
  shown.innerHTML = body;
  view("panel");
  for (const each of all(".field", shown)) each.dataset.seen = entry(each).value;
  shown.dispatchEvent(new Event("opened"));
  mark(file, at);
  const wanted = fieldAt(field);
  const first = wanted && $(":is(input, textarea, select, a, .add):not([hidden])", wanted);
  record().dataset.lit = field;
  for (let fold = wanted?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (first) first.focus(); else $("h2", shown)?.focus();
  if (first) selectSample(wanted, first);
  point(finding);
  return lightUp(field);
}

/* Frame on the pages what the form is of, and a field of it. */
const lightUp = (field) => findSpots({ ...shownFrom(), field });

/* Return the field that a path leads to, or else into: a line of several has none of its own. */
function fieldAt(path) {
  if (!path) return null;
  return $(`[data-field="${CSS.escape(path)}"]`, shown) || fieldAt(path.slice(0, Math.max(path.lastIndexOf("."), 0)));
}

/* Select the words that a new kit or record begins with: they are there to be written over. */
function selectSample({ dataset: { sample } }, input) {
  const start = sample && input.value ? input.value.indexOf(sample) : -1;
  if (start >= 0) input.setSelectionRange(start, start + sample.length);
}

/* Show in the form what its record holds now, and what is found wrong with it. */
export async function noteForm() {
  if (!record() || !$("[data-notes]", shown) || $(".reason:focus", shown)) return;
  const { ok, body } = await ask("/form" + query(shownFrom()));
  const made = document.createElement("div");
  made.innerHTML = ok ? body : "";
  if (!ok || !record() || $("form", made).dataset.known !== place().known) return;
  for (const name of ["at", "shown"]) record().dataset[name] = $("form", made).dataset[name];
  $("h2", shown).textContent = $("h2", made).textContent;
  for (const field of all(".field", shown)) {
    const now = $(`[data-field="${CSS.escape(field.dataset.field)}"]`, made), input = entry(field);
    if (!now || entry(now).value === input.value || wait.has(field) || input.value !== field.dataset.seen) continue;
    if (input.options) input.innerHTML = entry(now).innerHTML;
    input.value = field.dataset.seen = entry(now).value; // somebody else has changed it
    shown.dispatchEvent(new Event("opened"));
  }
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

export const entry = (field) => $("input, textarea, select", field);
export const record = () => $("form.record", shown);

/* Return where the form that is shown is opened from: the record that it is of, or the part that prints it. */
function shownFrom() {
  const { at, shown: own } = record().dataset;
  return at === own ? place() : { file: record().dataset.file, at: own, known: record().dataset.listKnown };
}

export function place(more = {}, form = record()) {
  return { file: form.dataset.file, at: form.dataset.at, known: form.dataset.known, ...more };
}

let turn = Promise.resolve(); // saves go one after another: each says what its record is called

export const save = (field) => (turn = turn.then(() => saveNow(field)));

async function saveNow(field) {
  clearTimeout(wait.get(field));
  const input = entry(field), text = input.value, { seen } = field.dataset, form = field.closest("form.record");
  if (input.readOnly || text === seen) { wait.delete(field); return; }
  say(said.dataset.saving);
  const answer = await ask("/save", place({ field: field.dataset.field, seen, text }, form)).catch(() => null);
  if (!answer || answer.status === 403) { // the studio is gone, or another than that of this window
    say(said.dataset.lost, true);
    wait.set(field, setTimeout(() => save(field), 2000));
    return;
  }
  wait.delete(field);
  const { ok, status, body } = answer;
  if (ok) {
    field.dataset.seen = text;
    working();
    markAnew(true);
    if (body.at !== undefined) {
      if (form.dataset.shown === form.dataset.at) form.dataset.shown = body.at;
      form.dataset.at = body.at;
    }
    if (body.known !== undefined) form.dataset.known = body.known;
    field.classList.add("saved");
    say(said.dataset.saved);
    if (input.value !== text) later(field);
    else if (field.closest(".picture")) noteForm(); // it may have gone, or be awaited now
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

export async function change(path, given, then) {
  await saveAll();
  const { ok, body } = await ask(path, given);
  if (body.ask) return await pick(body.ask, [{ id: "whole", name: body.yes }]) && change(path, { ...given, whole: true }, then);
  if (!ok) return say(body.fault || body, true);
  say(body.nothing ? said.dataset.nothing : said.dataset.saved);
  if (!body.nothing) working();
  await showOutline();
  if (then) then(body);
}

Object.assign(does, {
  open: async ({ dataset: { file, at, field, finding, page } }) => {
    if (!await open(file, at, field, finding) && page) jump(page);
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
  settle,
});

shown.addEventListener("input", ({ target }) => {
  const field = target.closest(".field");
  if (!field || target !== entry(field)) return;
  field.classList.remove("saved");
  later(field);
});
shown.addEventListener("change", ({ target }) => {
  const field = target.closest(".field");
  if (field && target === entry(field)) save(field);
});
// what a field is about is lit on the pages while it is written
shown.addEventListener("focusin", ({ target }) => {
  const field = target.closest("[data-field]");
  if (!record() || !field || field.dataset.field === record().dataset.lit) return;
  record().dataset.lit = field.dataset.field;
  lightUp(field.dataset.field);
});

function settle(button) {
  const field = button.closest(".field"), box = $(".conflict", field);
  field.dataset.seen = $("pre", box).textContent;
  box.hidden = true;
  if (button.dataset.keep === "theirs") { entry(field).value = field.dataset.seen; say(""); } else save(field);
}

const hint = shown.innerHTML;
let last = null; // the record whose form was shown last

/* Show the form that was shown last. */
export async function reopen() {
  if (last) await open(...last); else close();
  $("#tab-form").focus();
}

/* Show no form, and no record as the one that is shown. */
export function close() {
  last = null;
  choose("tab-form");
  shown.innerHTML = hint;
  forgetSpots();
  mark("", "");
}

export async function reload() {
  if (record()) {
    const { ok } = await ask("/form" + query(shownFrom()));
    if (ok) open(shownFrom().file, shownFrom().at); else close(); // it was not there before
  }
  else if (chosen("tab-history")) select("tab-history");
}

addEventListener("beforeunload", (event) => { if (wait.size) event.preventDefault(); });
