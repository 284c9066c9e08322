/* What is made of the kit. */

import { $, ask, does, say } from "./window.js";
import { select } from "./panel.js";

does.make = async (button) => {
  const by = $("#by").value;
  say(button.dataset.busy);
  button.disabled = true;
  const { ok, body } = await ask("/make", { by });
  button.disabled = false;
  say(ok ? "" : body.fault, !ok);
  if (ok) select("tab-jobs");
};
