/* What helps to fill a field in: the toolbar of a text, the calendar, pictures, what the kit has. */
import { $, address, all, ask, does, query, say } from "./window.js";
import { entry, save } from "./forms.js";
import { pick } from "./picker.js";

const shown = $("#shown"), said = $("#said");
const field = (element) => element.closest(".field");
const own = (picture, name) => $(`.field[data-own=${name}]`, picture);

/* Put words into a field as if they were typed: the browser's own undo knows them. */
function type(input, words) {
  input.focus();
  if (!document.execCommand("insertText", false, words)) {
    input.setRangeText(words, input.selectionStart, input.selectionEnd, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function fill(of, value) {
  entry(of).value = value;
  entry(of).dispatchEvent(new Event("input", { bubbles: true }));
  save(of);
}

/* --- texts ------------------------------------------------------------------------------- */

function format(button) {
  const input = entry(field(button)), kind = button.dataset.mark;
  const { selectionStart: from, selectionEnd: to, value } = input, chosen = value.slice(from, to);
  if (kind === "link") {
    const address = /^(https?:|www\.)\S+$/.test(chosen);
    type(input, address ? `[](${chosen})` : `[${chosen}](https://)`);
    if (address || !chosen) input.setSelectionRange(from + 1, from + 1);
    else input.setSelectionRange(from + chosen.length + 3, from + chosen.length + 11);
    return;
  }
  if (kind === "list") {
    const start = value.lastIndexOf("\n", from - 1) + 1, lines = value.slice(start, to).split("\n");
    const listed = lines.every((line) => line.startsWith("- "));
    input.setSelectionRange(start, to);
    const above = listed || !start || value.slice(0, start).endsWith("\n\n") ? "" : "\n";
    return type(input, above + lines.map((line) => listed ? line.slice(2) : "- " + line).join("\n"));
  }
  const marked = value.slice(from - kind.length, from) === kind && value.slice(to, to + kind.length) === kind
    && !(kind === "*" && value.slice(from - 2, from) === "**");
  if (marked) input.setSelectionRange(from - kind.length, to + kind.length);
  type(input, marked ? chosen : kind + chosen + kind);
  const start = marked ? from - kind.length : from + kind.length;
  input.setSelectionRange(start, start + chosen.length);
}

const keys = { b: "**", i: "*", k: "link" };
shown.addEventListener("keydown", (event) => {
  const mark = (event.ctrlKey || event.metaKey) && !event.altKey && keys[event.key.toLowerCase()];
  const button = mark && field(event.target) && $(`[data-mark="${mark}"]`, field(event.target));
  if (!button) return;
  event.preventDefault();
  format(button);
});

async function refer(button) {
  const input = entry(field(button)), { selectionStart: from, selectionEnd: to } = input;
  const { ok, body } = await ask("/references");
  const id = ok && await pick(button.dataset.title, body.entries);
  input.focus();
  input.setSelectionRange(from, to);
  if (!id) return;
  const chosen = input.value.slice(from, to);
  type(input, `${chosen}${chosen ? " (" : ""}${body.before}{page:${id}}${chosen ? ")" : ""}`);
}

/* --- dates ------------------------------------------------------------------------------- */

const iso = (day) => [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
const language = document.documentElement.lang;

async function readDate(of) {
  const out = $(".reading", of), text = entry(of).value, { body } = text.trim() ? await ask("/reading" + query({ text })) : { body: {} };
  if (text !== entry(of).value) return;
  out.textContent = body.words || body.fault || "";
  out.classList.toggle("fault", Boolean(body.fault));
  of.days = new Set(body.days || []);
  if (!$(".month", of).contains(document.activeElement)) {
    [$(".from", of).value, $(".until", of).value] = [...(body.hours || []), "", ""];
    of.first = body.days?.length ? new Date(body.days[0] + "T12:00") : of.first;
  }
  if ($(".calendar", of).open) draw(of);
}

/* Draw the month of a calendar. */
function draw(of) {
  const first = of.first || new Date(shown.dataset.first ? shown.dataset.first + "T12:00" : Date.now());
  const year = first.getFullYear(), month = first.getMonth(), focused = document.activeElement.dataset.day;
  $(".months strong", of).textContent = first.toLocaleDateString(language, { month: "long", year: "numeric" });
  const blank = (new Date(year, month, 1).getDay() + 6) % 7, count = new Date(year, month + 1, 0).getDate();
  $(".days", of).replaceChildren(...[...Array(count).keys()].map((number) => {
    const day = new Date(year, month, number + 1, 12), button = document.createElement("button");
    button.type = "button";
    button.textContent = number + 1;
    Object.assign(button.dataset, { do: "day", day: iso(day) });
    button.setAttribute("aria-pressed", of.days?.has(iso(day)) || false);
    button.setAttribute("aria-label", day.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long", year: "numeric" }));
    if (!number) button.style.gridColumnStart = blank + 1;
    return button;
  }));
  of.first = first;
  if (focused) $(`[data-day="${focused}"]`, of)?.focus();
}

async function write(of) {
  const chosen = () => query({ days: [...of.days].join(" "), from: $(".from", of).value, until: $(".until", of).value });
  const asked = chosen(), { body } = await ask("/dated" + asked);
  if (body.text && asked === chosen()) fill(of, body.text); // else a later answer says it
}

shown.addEventListener("toggle", (event) => { if (event.target.matches(".calendar[open]")) draw(field(event.target)); }, true);
shown.addEventListener("change", (event) => { 
  const of = field(event.target);
  if (!event.target.matches(".hours input")) return;
  const from = $(".from", of), until = $(".until", of);
  if (event.target === from && until.value && until.value <= from.value) until.value = "";
  if (of.days?.size) write(of);
});
shown.addEventListener("keydown", (event) => {
  const step = event.target.dataset.day && { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  if (!step) return;
  event.preventDefault();
  const days = all("[data-day]", field(event.target));
  days[days.indexOf(event.target) + step]?.focus();
});

/* --- pictures ---------------------------------------------------------------------------- */

const sides = { left: 0, top: 0, center: 50, right: 100, bottom: 100 };

/* Return the point that must stay in view, in hundredths from the left and the top. */
function pointOf(picture) {
  const words = entry(own(picture, "focus")).value.trim().split(/\s+/).filter(Boolean);
  if (words.length === 1 && /top|bottom/.test(words[0])) words.unshift("center");
  return [0, 1].map((at) => words[at] === undefined ? 50 : sides[words[at]] ?? parseFloat(words[at]));
}

function showPicture(picture) {
  const file = entry(own(picture, "file")).value.trim(), image = $(".preview img", picture);
  for (const name of ["alt", "credit"]) {
    const missing = $(".missing", own(picture, name));
    if (missing) missing.hidden = !file || Boolean(entry(own(picture, name)).value.trim());
  }
  $(".preview", picture).hidden = !file;
  const source = file ? address("/image" + query({ file })) : "";
  if (file && image.getAttribute("src") !== source) {
    image.onerror = () => { $(".preview", picture).hidden = true; };
    image.src = source;
  }
  const [left, top] = pointOf(picture), point = $(".point", picture);
  point.style.left = left + "%";
  point.style.top = top + "%";
}

function focus(button, event) {
  const picture = button.closest(".picture"), box = button.getBoundingClientRect();
  if (!event.detail) return; // by a key: the arrows move it
  setPoint(picture, (event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100);
}

function setPoint(picture, ...point) {
  fill(own(picture, "focus"), point.map((at) => Math.round(Math.min(Math.max(at, 0), 100)) + "%").join(" "));
  showPicture(picture);
}

shown.addEventListener("keydown", (event) => {
  const step = event.target.matches(".preview button") && { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, -5], ArrowDown: [0, 5] }[event.key];
  if (!step) return;
  event.preventDefault();
  const picture = event.target.closest(".picture"), now = pointOf(picture);
  setPoint(picture, now[0] + step[0], now[1] + step[1]);
});

async function upload(of, file) {
  say(said.dataset.saving);
  const { ok, body } = await ask("/upload" + query({ name: file.name }), file);
  if (!ok) return say(body.fault || body, true);
  fill(of, body.file);
  all(":scope > .rest", of.closest("fieldset")).forEach((rest) => { rest.open = true; });
  const next = ["alt", "credit"].map((name) => own(of.closest("fieldset"), name)).find((each) => each && !entry(each).value);
  if (next) entry(next).focus();
}

const droppedOn = (event) => {
  const picture = event.target.closest(".picture"), of = picture ? own(picture, "file") : field(event.target);
  return of && $(".drop", of) ? of : null;
};
shown.addEventListener("dragover", (event) => { if (droppedOn(event)) event.preventDefault(); });
shown.addEventListener("drop", (event) => {
  const of = droppedOn(event), file = event.dataTransfer.files[0];
  if (!of || !file) return;
  event.preventDefault();
  upload(of, file);
});

/* --- choices ----------------------------------------------------------------------------- */

const linesOf = (of) => entry(of).value.split("\n").filter((line) => line.trim());

function tick(of, { value, checked }) {
  const others = linesOf(of).filter((line) => line !== value);
  fill(of, (checked ? [...others, value] : others).join("\n"));
}

/* --- what the kit has -------------------------------------------------------------------- */

shown.addEventListener("focusin", async ({ target: { list } }) => {
  if (!list || list.children.length) return;
  const { ok, body } = await ask("/values" + query({ name: list.id.slice("values-".length) }));
  if (ok) list.append(...body.map((value) => Object.assign(document.createElement("option"), { value })));
});

shown.addEventListener("input", ({ target }) => {
  const of = field(target), picture = target.closest(".picture");
  if (of?.dataset.kind === "when" && target === entry(of)) readDate(of);
  if (picture) showPicture(picture);
});
shown.addEventListener("change", ({ target }) => {
  if (target.type === "file") upload(field(target), target.files[0]);
  if (target.matches(".ticks input")) return tick(field(target), target);
  if (!target.matches(".adding") || !target.value.trim()) return;
  const of = field(target), lines = linesOf(of);
  fill(of, [...lines, target.value.trim()].join("\n"));
  target.value = "";
});
shown.addEventListener("opened", () => {
  for (const of of all(".field[data-kind=when]", shown)) readDate(of);
  for (const picture of all(".picture", shown)) showPicture(picture);
  for (const box of all(".ticks input", shown)) box.checked = linesOf(field(box)).includes(box.value);
});

Object.assign(does, {
  format,
  refer,
  focus,
  month: (button) => {
    const of = field(button);
    of.first = new Date(of.first.getFullYear(), of.first.getMonth() + Number(button.dataset.by), 1, 12);
    draw(of);
  },
  day: (button) => {
    const of = field(button), { day } = button.dataset, chosen = !of.days?.has(day);
    of.days = new Set(of.days);
    of.days[chosen ? "add" : "delete"](day);
    button.setAttribute("aria-pressed", chosen);
    write(of);
  },
});
