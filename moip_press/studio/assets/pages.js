/* The pages: pictures that the server has made, and frames round what a form is about. */
import { $, address, all, ask, does, query } from "./window.js";

const sheets = $("#sheets"), shown = $("#document");
let spots = { record: [], field: [] }, marks = [], asked = null;

/* Return what asks about the document that is shown. */
export const seen = (given) => query({ document: shown.value, ...given });

export async function showPages() {
  const document_ = shown.value, { ok, body } = await ask("/pages" + seen());
  if (!ok || document_ !== shown.value) return;
  const made = document.createElement("div");
  made.innerHTML = body;
  const there = new Map(all("figure", sheets).map((each) => [each.dataset.look, each]));
  const figures = all("figure", made).map((each) => {
    const known = there.get(each.dataset.look);
    if (!known) {
      each.classList.toggle("fresh", there.size > 0);
      return each;
    }
    known.dataset.page = each.dataset.page;
    $("figcaption", known).innerHTML = $("figcaption", each).innerHTML;
    $("img", known).alt = $("img", each).alt;
    known.classList.remove("stale");
    there.delete(each.dataset.look);
    return known;
  });
  const top = $("#pages").scrollTop;
  sheets.replaceChildren(...figures);
  sharpen();
  $("#pages").scrollTop = top;
  showMarks();
}

/* Frame again what is framed, on pages that were laid out anew: its record may have moved. */
export const spotAgain = () => { if (asked) findSpots(asked, false); };

function sharpen() {
  for (const figure of all("figure", sheets)) {
    const image = $("img", figure);
    const width = Math.ceil((figure.clientWidth * devicePixelRatio || 800) / 100) * 100;
    const source = address(`/page/${figure.dataset.look}.png?width=${width}`);
    if (image.getAttribute("src") !== source) image.src = source;
  }
}

function zoom(by) {
  $("#pages").classList.remove("overview");
  $("#overview").setAttribute("aria-pressed", false);
  const first = $("figure", sheets);
  if (!first) return;
  const width = by ? Math.min(Math.max(first.clientWidth * by, 120), 3000) : 0;
  sheets.style.setProperty("--page", width ? width + "px" : "min(100%, 50rem)");
  sharpen();
  lightUp();
  showMarks();
}

/* Frame a record and a field of it; known is what tells the record from others, as it is now in its file. */
export async function findSpots(of, move = true) {
  asked = of;
  const { ok, body } = await ask("/spots" + seen(of));
  if (asked !== of) return true; // another is asked for meanwhile
  spots = ok ? body : { record: [], field: [] };
  lightUp(move);
  return spots.record.length + spots.field.length > 0;
}

export function forgetSpots() {
  spots = { record: [], field: [] };
  asked = null;
  lightUp();
}

/* Return what asks for the value at a point of a page; null beside pages. */
export function pointOf(event) {
  const figure = event.target.closest("figure");
  if (!figure || event.target.closest(".mark")) return null;
  const box = $("img", figure).getBoundingClientRect();
  const tenths = (value) => Math.round(value * figure.dataset.width / box.width * 10);
  return {
    page: figure.dataset.page, left: tenths(event.clientX - box.left), top: tenths(event.clientY - box.top),
  };
}

/* Draw a frame on a page; the place is in millimetres. */
function frame(kind, { page, left, top, right, bottom }, around) {
  const figure = $(`figure[data-page="${page}"]`, sheets);
  if (!figure) return null;
  const scale = $("img", figure).clientWidth / figure.dataset.width;
  const made = document.createElement("div");
  made.className = kind;
  Object.assign(made.style, {
    left: (left - around) * scale + "px", width: (right - left + 2 * around) * scale + "px",
    top: (top - around) * scale + "px", height: (bottom - top + 2 * around) * scale + "px",
  });
  figure.append(made);
  return made;
}

function lightUp(move = false) {
  all(".spot", sheets).forEach((each) => each.remove());
  const frames = spots.record.map((spot) => frame("spot", spot, 2));
  const lines = spots.field.map((spot) => frame("spot line", spot, 0.6));
  const first = lines[0] || frames[0];
  if (move && first) reveal(first);
}

function reveal(element) {
  const box = element.getBoundingClientRect(), room = $("#pages").getBoundingClientRect();
  if (box.top < room.top + 40 || box.bottom > room.bottom) element.scrollIntoView({ block: "center", inline: "nearest" });
}

/* Underline the words that findings are about. */
export function showMarks(found = marks) {
  marks = found;
  all(".mark", sheets).forEach((each) => each.remove());
  for (const { spots: places, severity, message, key, file, at, field } of marks) {
    for (const spot of places) {
      const made = frame("mark " + severity, spot, 0);
      if (!made) continue;
      made.title = message;
      Object.assign(made.dataset, { do: "open", file, at, field, finding: key });
    }
  }
}

/* Show a page, or a line of it. */
export function jump(page, spot = null) {
  overview(false);
  const figure = $(`figure[data-page="${page}"]`, sheets);
  if (!figure) return;
  forgetSpots();
  if (spot) { spots.field = [spot]; lightUp(true); } else figure.scrollIntoView({ block: "start" });
}

function overview(on) {
  $("#overview").setAttribute("aria-pressed", on);
  $("#pages").classList.toggle("overview", on);
  sharpen();
  lightUp();
  showMarks();
}

/* Mark the pages of what was changed, until they are laid out anew. */
export function markAnew(on) {
  for (const figure of all("figure", sheets)) figure.classList.toggle("anew", on && Boolean($(".spot", figure)));
}

/* Offer the documents of the kit, each with its name and title; return whether the one shown is there. */
export function offer(documents) {
  const known = all("option", shown).slice(1).map(({ value, textContent }) => [value, textContent]), { value } = shown;
  if (JSON.stringify(known) === JSON.stringify(documents)) return true;
  shown.replaceChildren(shown.options[0], ...documents.map(([name, title]) => new Option(title, name)));
  shown.value = value;
  if (shown.selectedIndex < 0) shown.value = "";
  return shown.value === value;
}

does.page = ({ dataset: { page } }) => jump(page);
does.overview = () => overview(!$("#pages").matches(".overview"));

Object.assign(does, { smaller: () => zoom(1 / 1.3), larger: () => zoom(1.3), fit: () => zoom(0) });
new ResizeObserver(() => { sharpen(); lightUp(); showMarks(); }).observe(sheets);
