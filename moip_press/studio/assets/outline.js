/* The records of the kit by name. */
import { $, all, ask } from "./window.js";

export async function showOutline() {
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
