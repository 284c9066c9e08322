/* The records of the kit by name. */
import { $, all, ask, bare, does } from "./window.js";
import { jump, seen } from "./pages.js";

const entries = $("#entries");
const unfolded = new Set(); // the records whose own records are shown
let current = "";

const name = ({ dataset: { file, at } }) => `${file} ${at}`;
const links = () => all("a[data-file]", entries);

export async function showOutline() {
  const { ok, body } = await ask("/outline" + seen());
  if (!ok) return;
  const held = entries.contains(document.activeElement) && document.activeElement.dataset.file !== undefined
    ? name(document.activeElement) : "";
  entries.innerHTML = body;
  for (const link of links()) {
    if (unfolded.has(name(link))) fold(link.closest("li"), false);
    if (name(link) === current) link.setAttribute("aria-current", "true");
    if (held && name(link) === held) link.focus();
  }
  filter();
}

/* Mark the record whose form is shown, and show where it is. */
export function mark(file, at) {
  current = `${file} ${at}`;
  for (const link of links()) {
    if (name(link) !== current) { link.removeAttribute("aria-current"); continue; }
    link.setAttribute("aria-current", "true");
    for (let item = link.closest("ul").closest("li"); item; item = item.parentElement.closest("li")) fold(item, false);
    link.scrollIntoView({ block: "nearest" });
  }
}

function fold(item, closed) {
  const button = $(":scope > .entry > .fold", item), link = $(":scope > .entry > a", item);
  if (!button) return;
  item.classList.toggle("folded", closed);
  button.setAttribute("aria-expanded", !closed);
  if (link) unfolded[closed ? "delete" : "add"](name(link));
}

does.fold = (button) => {
  const item = button.closest("li");
  fold(item, !item.matches(".folded"));
};

function filter() {
  const wanted = bare($("#search").value.trim());
  entries.classList.toggle("searched", Boolean(wanted));
  for (const item of all("li", entries).reverse()) {
    const own = $(":scope > .entry > a", item);
    // the record that is being written stays, also under a name that is not searched
    const hit = !wanted || own?.matches("[aria-current]") || (own && bare(own.textContent).includes(wanted));
    item.hidden = !hit && !all(":scope > ul > li", item).some((each) => !each.hidden);
  }
}

/* Show the lines of the pages that hold what is searched. */
async function searchPages() {
  const words = $("#search").value.trim(), hits = $("#hits");
  const { ok, body } = words.length < 3 ? { ok: true, body: [] } : await ask("/search" + seen({ words }));
  if (!ok || words !== $("#search").value.trim()) return;
  hits.replaceChildren();
  if (!body.length) return;
  const title = document.createElement("p"), list = document.createElement("ul");
  title.textContent = hits.dataset.title;
  for (const spot of body) {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = `${hits.dataset.page.replace("#", spot.page + 1)} ${spot.line}`;
    button.addEventListener("click", () => jump(spot.page, spot));
    item.append(button);
    list.append(item);
  }
  hits.append(title, list);
}

let pause;
$("#search").addEventListener("input", () => {
  filter();
  $("[aria-current]", entries)?.scrollIntoView({ block: "nearest" });
  clearTimeout(pause);
  pause = setTimeout(searchPages, 300);
});
$("#search").addEventListener("keydown", ({ key }) => {
  if (key === "Enter") all("li:not([hidden]) > .entry > a", entries).find((link) => bare(link.textContent).includes(bare($("#search").value.trim())))?.click();
});
