/* What is wrong, and what can be done about it. */
import { does } from "./window.js";
import { change } from "./forms.js";

does.post = async (button) => {
  const { post: path, key = "", word = "", prompt: question } = button.dataset;
  const reason = question ? prompt(question) : "";
  if (reason === null || (question && !reason.trim())) return;
  button.disabled = true;
  await change(path, { key, word, reason }, () => button.closest("li").remove());
  button.disabled = false;
};
