"use strict";
// What a page does more with a script than without: it searches, filters, ticks many, and saves itself.
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const tools = document.querySelector(".tools");
const entries = all(".entry").map((entry) => {
  const parts = all("[data-kind]", entry);
  return { entry, parts: parts.length ? parts : [entry], words: folded(entry.textContent) };
});

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/œ/gi, "oe").replace(/æ/gi, "ae")
    .replace(/[’ʼ]/g, "'").replace(/\s+/g, " ").toLowerCase();
}

function sift() {
  const { search, kind, section } = tools.elements;
  const sought = folded(search.value).split(" ").filter(Boolean);
  let shown = 0, total = 0;
  for (const { entry, parts, words } of entries) {
    const fits = (!section?.value || entry.dataset.section === section.value)
      && sought.every((word) => words.includes(word));
    for (const part of parts) {
      const wanted = fits && (!kind?.value || part.dataset.kind === kind.value);
      part.hidden = !wanted;
      shown += wanted;
      total += 1;
    }
    entry.hidden = parts.every((part) => part.hidden);
  }
  for (const group of all("main section:has(.entry)")) {
    group.hidden = all(".entry", group).every((entry) => entry.hidden);
  }
  const told = tools.querySelector(".count");
  told.textContent = told.dataset.words.replace("{shown}", shown).replace("{total}", total);
}

for (const later of all("[data-script]")) later.hidden = false;
if (tools) {
  tools.addEventListener("input", sift);
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("reset", () => setTimeout(sift));
  sift();
}

const save = document.querySelector(".save");
if (save) {
  const boxes = all("input[type=checkbox]");
  const told = save.querySelector(".told");
  const keep = (box) => box.toggleAttribute("checked", box.checked);
  const count = () => {
    const taken = boxes.filter((box) => box.value === "yes" && box.checked).length;
    told.textContent = told.dataset.words.replace("{count}", taken);
  };
  const tick = (box, on) => {
    box.checked = on;
    for (const other of on ? boxes : []) {
      if (other !== box && other.name === box.name) { other.checked = false; keep(other); }
    }
    keep(box);
  };
  for (const box of boxes) {
    box.addEventListener("change", () => { tick(box, box.checked); count(); });
  }
  for (const button of all("[data-tick]")) {
    button.addEventListener("click", () => {
      const seen = boxes.filter((box) => box.value === "yes" && !box.closest("[hidden]"));
      for (const box of seen) tick(box, button.dataset.tick === "all");
      count();
    });
  }
  document.getElementById("save")?.addEventListener("click", () => {
    boxes.forEach(keep);
    const page = document.documentElement.cloneNode(true);
    for (const hidden of all("main [hidden]", page)) hidden.hidden = false;
    for (const later of all("[data-script]", page)) later.hidden = true;
    const text = "<!doctype html>\n" + page.outerHTML;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/html" }));
    link.download = document.documentElement.dataset.name;
    link.click();
  });
  count();
}
