/* What is wrong: in its tab, at the fields of a form, in the outline, and on the pages. */
import { $, ask, does } from "./window.js";
import { seen, showMarks } from "./pages.js";
import { chosen, select } from "./panel.js";
import { change, noteForm } from "./forms.js";
import { showOutline } from "./outline.js";

/* Show findings as they are now, wherever they are shown. */
export async function showFindings() {
  showOutline();
  // what is being written about a finding stays
  if (chosen("tab-findings") && !$("#shown .reason:focus")) select("tab-findings");
  if (chosen("tab-form")) noteForm();
  const { ok, body } = await ask("/marks" + seen());
  if (ok) showMarks(body);
}

does.settleFinding = async (button) => {
  const finding = button.closest("[data-key]"), reason = $(".reason", finding)?.value || "";
  if (button.dataset.post === "/keep" && !reason.trim()) return $(".reason", finding).focus();
  button.disabled = true;
  const next = finding.nextElementSibling || finding.previousElementSibling;
  await change(button.dataset.post, { key: finding.dataset.key, reason }, () => { finding.remove(); next?.focus(); });
  button.disabled = false;
};
