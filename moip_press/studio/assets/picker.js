/* A list that is searched, and one of it chosen: by mouse, or by arrow keys and Enter. */
import { $, all, bare } from "./window.js";

const dialog = $("#picker"), search = $("input", dialog), list = $("ul", dialog);

const FEW = 5; // entries that are seen at once: nothing is to be searched

/* Let one of some entries, each with id and name, be chosen; return its id, empty for none. */
export function pick(title, entries) {
  $("h2", dialog).textContent = title;
  search.value = "";
  list.replaceChildren(...entries.map(({ id, name }) => {
    const item = document.createElement("li"), button = document.createElement("button");
    Object.assign(button, { value: id, textContent: name });
    item.append(button);
    return item;
  }));
  dialog.returnValue = "";
  search.hidden = entries.length > 0 && entries.length < FEW;
  dialog.showModal();
  (search.hidden ? $("button", list) : search).focus();
  return new Promise((chosen) => dialog.addEventListener("close", () => chosen(dialog.returnValue), { once: true }));
}

const shown = () => all("li:not([hidden]) button", list);

search.addEventListener("input", () => {
  const wanted = bare(search.value.trim());
  for (const item of all("li", list)) item.hidden = !bare(item.textContent).includes(wanted);
});
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === search) {
    event.preventDefault();
    shown()[0]?.click();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = shown(), next = buttons.indexOf(document.activeElement) + step;
  (buttons[next] || (search.hidden ? buttons[0] : search)).focus();
});
