/* The panel beside the pages and its tabs; the line above that says how the pages stand; which of
   the three columns a narrow window shows. */
import { $, all, ask, does } from "./window.js";

/* Choose a tab, and show its view. */
export async function select(id) {
  choose(id);
  const { load } = $("#" + id).dataset;
  if (load) $("#shown").innerHTML = (await ask(load)).body;
}

/* Choose a tab, whose view is there. */
export function choose(id) {
  all("[role=tab]").forEach((tab) => {
    tab.setAttribute("aria-selected", tab.id === id);
    tab.tabIndex = tab.id === id ? 0 : -1;
  });
  $("#shown").setAttribute("aria-labelledby", id);
}

export const chosen = (id) => $("#" + id).getAttribute("aria-selected") === "true";

export function view(name) {
  document.body.dataset.view = name;
  all(".switch button").forEach((each) => each.setAttribute("aria-pressed", each.dataset.to === name));
}

export function working() { // at once: the server says so a moment later
  $("#state").textContent = $("#state").dataset.working;
  $("#state").className = "working";
}

$("[role=tablist]").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = all("[role=tab]"), next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  next.focus();
  does.tab(next);
});

does.view = ({ dataset }) => view(dataset.to);
