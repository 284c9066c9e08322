/* The pages: pictures that the server has made, and frames round what a form is about. */
import { $, all, ask, does, query } from "./window.js";

const sheets = $("#sheets");
let spots = [];

export async function showPages() {
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

export async function findSpots(file, at) {
  const { ok, body } = await ask("/spots" + query({ file, at }));
  spots = ok ? body : [];
  lightUp(true);
}

export function forgetSpots() {
  spots = [];
  lightUp();
}

/* Return what asks for the value at a point of a page; null beside pages. */
export function pointOf(event) {
  const figure = event.target.closest("figure");
  if (!figure) return null;
  const box = $("img", figure).getBoundingClientRect();
  const tenths = (value) => Math.round(value * figure.dataset.width / box.width * 10);
  return {
    page: figure.dataset.page, left: tenths(event.clientX - box.left), top: tenths(event.clientY - box.top),
  };
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

Object.assign(does, { smaller: () => zoom(1 / 1.3), larger: () => zoom(1.3), fit: () => zoom(0) });
new ResizeObserver(() => { sharpen(); lightUp(); }).observe(sheets);
