/* The pages beside the window: the first one, and those of jobs. A form sends what it holds as JSON
   to its data-action; a job that takes its time is followed until it is done. */

import { $, all, ask, does, say } from "./window.js";

async function act(path, given, busy = "") {
  say(busy);
  let answer;
  try { answer = await ask(path, given); } catch { say($("#said").dataset.lost, true); return null; }
  say(answer.ok ? "" : answer.body.fault || answer.body, !answer.ok);
  return answer.ok ? answer.body : null;
}

function held(form) {
  const given = {};
  for (const [name, value] of new FormData(form)) {
    if (name.endsWith("[]")) (given[name.slice(0, -2)] ??= []).push(value); else given[name] = value;
  }
  return given;
}

function done(body) {
  if (!body?.address) return;
  const box = $("#notes");
  if (!box || !body.notes.length) { location.assign(body.address); return; }
  $("ul", box).replaceChildren(...body.notes.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  $("a", box).href = body.address;
  box.hidden = false;
  box.focus();
}

async function send(form) {
  const buttons = all("button", form);
  buttons.forEach((each) => { each.disabled = true; });
  done(await act(form.dataset.action, held(form), form.dataset.busy));
  buttons.forEach((each) => { each.disabled = false; });
}

Object.assign(does, {
  openKit: async (button) => done(await act("/open", { key: button.dataset.key }, button.dataset.busy)),
  quit: async (button) => { if (await act("/quit", {})) say(button.dataset.done); },
});

if (document.body.matches(".job")) {
  document.addEventListener("submit", (event) => { event.preventDefault(); send(event.target); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) does[button.dataset.do](button);
  });
  $("#first")?.addEventListener("change", (event) => { if (!$("#last").value) $("#last").value = event.target.value; });
}
