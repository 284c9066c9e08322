/* The site in its frame: as wide as a telephone, a tablet or a computer; whether it is out of date. */
import { $, all, ask, does, listen } from "./window.js";

does.width = (button) => {
  $("#preview").dataset.width = button.dataset.width;
  all(".widths button").forEach((each) => each.setAttribute("aria-pressed", each === button));
};

const standing = $("#standing");
async function look() {
  const { ok, body } = await ask("/jobs/site/standing");
  if (!ok) return;
  const words = body.outdated ? standing.dataset.outdated : standing.dataset.current;
  if (standing.textContent === words) return;
  standing.textContent = words;
  standing.className = body.outdated ? "fault" : "well";
}
if (standing) listen(() => "/news", look);
