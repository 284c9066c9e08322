/* Records as a whole: begun, doubled, moved, hidden, taken out. */
import { $, all, ask, does, say } from "./window.js";
import { change, close, entry, open, place, record, save, saveAll } from "./forms.js";
import { pick } from "./picker.js";
import { showOutline } from "./outline.js";

const shown = $("#shown"), said = $("#said"), entries = $("#entries");

/* Return the item of a list that a link or a form stands for. */
const item = ({ dataset: { listFile: file, listAt: at, listKnown: known } }) => ({ file, at, known });
const listOf = (at) => at.slice(0, at.lastIndexOf("."));
const numberOf = (at) => Number(at.slice(at.lastIndexOf(".") + 1));

async function add({ dataset: { file, at, part = "" } }) {
  await saveAll();
  const { body } = await ask("/add", { file, at, part, known: "" });
  if (!body.kinds) return added(body);
  const kind = await pick(said.dataset.kinds, body.kinds);
  if (kind) added((await ask("/add", { file, at, kind, known: "" })).body);
}

async function added(made) {
  if (made.fault) return say(made.fault, true);
  await showOutline();
  await open(made.file, made.at);
  say(said.dataset.saved);
  begin();
}

/* Let the first field of a new record be written over. */
function begin() {
  const first = $(".field input, .field textarea", shown);
  first?.focus();
  first?.select?.();
}

/* Move an item to another place of its list. */
async function moveTo(of, to, then) {
  if (to < 0) return;
  await change("/move", { ...item(of), to }, (made) => { say(said.dataset.moved); then(made); });
}

function moveForm(by) {
  const form = record(), { file, at, shown: own } = form.dataset, ofFile = !own;
  moveTo(form, numberOf(form.dataset.listAt) + by, (made) => open(file, ofFile ? at : made.at));
}

/* Move what a link of the outline stands for; keep the focus on it. */
function moveLink(link, to) {
  moveTo(link, to, (made) => {
    const moved = all("a[data-list-at]", entries).find((each) => each.dataset.listFile === link.dataset.listFile && each.dataset.listAt === made.at);
    moved?.focus();
    const shownThere = record() && record().dataset.file === link.dataset.file && record().dataset.shown === link.dataset.at;
    if (shownThere) open(link.dataset.file, moved.dataset.at).then(() => moved.focus());
  });
}

document.addEventListener("keydown", (event) => {
  const by = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by) return;
  const link = event.target.closest("#entries a[data-list-at]");
  if (!link && !(shown.contains(event.target) && record()?.dataset.listAt)) return;
  event.preventDefault();
  if (link) moveLink(link, numberOf(link.dataset.listAt) + by); else moveForm(by);
});

/* --- by drag ----------------------------------------------------------------------------- */

let dragged = null;
const target = (event) => {
  const link = event.target.closest?.(".entry")?.querySelector("a[data-list-at]");
  const same = link && dragged && link !== dragged && link.dataset.listFile === dragged.dataset.listFile
    && listOf(link.dataset.listAt) === listOf(dragged.dataset.listAt);
  return same ? link : null;
};
const unmark = () => all(".over", entries).forEach((each) => each.classList.remove("over", "below"));

entries.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("a[data-list-at]");
  if (dragged) event.dataTransfer.setData("text/plain", dragged.textContent);
});
entries.addEventListener("dragover", (event) => {
  const link = target(event);
  unmark();
  if (!link) return;
  event.preventDefault();
  link.parentElement.classList.add("over");
  link.parentElement.classList.toggle("below", numberOf(link.dataset.listAt) > numberOf(dragged.dataset.listAt));
});
entries.addEventListener("drop", (event) => {
  const link = target(event);
  if (!link) return;
  event.preventDefault();
  moveLink(dragged, numberOf(link.dataset.listAt));
});
entries.addEventListener("dragend", () => { unmark(); dragged = null; });

Object.assign(does, {
  add,
  up: () => moveForm(-1),
  down: () => moveForm(1),
  duplicate: ({ dataset: { said: words } }) => change("/duplicate", place(), async (made) => {
    await open(place().file, made.at);
    if (made.left.length) say(words.replace("#", made.left.join(", ")));
    begin();
  }),
  hide: async (button) => {
    const field = $(".field[data-own=status]", shown);
    entry(field).value = button.dataset.to;
    await save(field);
    showOutline();
    open(place().file, place().at);
  },
  delete: () => {
    const { file, shown: at } = record().dataset;
    change("/delete", item(record()), async () => {
      const next = [numberOf(at), numberOf(at) - 1].map((number) => `${listOf(at)}.${number}`);
      const there = (path) => all("a[data-file]", entries).some(({ dataset }) => dataset.file === file && dataset.at === path);
      const beside = at && next.find(there); // what took its place, or stood before it
      if (beside) await open(file, beside); else close();
      say(said.dataset.out);
    });
  },
});
