/* The pages beside the window: the first one, and those of jobs. A form sends what it holds as JSON
   to its data-action; a job that takes its time is followed until it is done, and its page is shown
   again then. */
import { $, all, ask, does, query, say } from "./window.js";

const PAUSE = 400; // milliseconds between two looks at a job

async function act(path, given, busy = "") {
  say(busy);
  let answer;
  try { answer = await ask(path, given); } catch { say($("#said").dataset.lost, true); return null; }
  say(answer.ok ? "" : answer.body.fault || answer.body, !answer.ok);
  return answer.ok ? answer.body : null;
}

/* What a form holds; a name with [] has a list. */
function held(form) {
  const given = {};
  for (const [name, value] of new FormData(form)) {
    if (name.endsWith("[]")) (given[name.slice(0, -2)] ??= []).push(value); else given[name] = value;
  }
  return given;
}

function done(body) {
  if (!body) return;
  if (body.job || body.reload) { again(); return; }
  if (!body.address) return;
  const box = $("#notes");
  if (!box || !body.notes.length) { location.assign(body.address); return; }
  $("ul", box).replaceChildren(...body.notes.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  $("a", box).href = body.address;
  box.hidden = false;
  box.focus();
}

function again() {
  sessionStorage.setItem("shown", "again");
  location.reload();
}

async function send(form) {
  const buttons = all("button", form);
  buttons.forEach((each) => { each.disabled = true; });
  done(await act(form.dataset.action, held(form), form.dataset.busy));
  buttons.forEach((each) => { each.disabled = false; });
}

async function follow(box) {
  const { body } = await ask(`/jobs/${box.dataset.follow}/state`);
  if (body.done) { again(); return; }
  if (body.title) $(".step", box).textContent = body.title;
  if (body.count) Object.assign($("progress", box), { max: body.count, value: body.number - 1 });
  setTimeout(() => follow(box), PAUSE);
}

async function take(drop, files) {
  const failed = [], { drop: path, role = "" } = drop.dataset;
  for (const file of files) {
    say(`${file.name}…`);
    const { ok, body } = await ask(path + query({ name: file.name, role }), file).catch(() => ({ body: $("#said").dataset.lost }));
    if (!ok) failed.push(body.fault || body);
  }
  if (failed.length) say(failed.join(" "), true); else again();
}

Object.assign(does, {
  openKit: async (button) => done(await act("/open", { key: button.dataset.key }, button.dataset.busy)),
  quit: async (button) => { if (await act("/quit", {})) say(button.dataset.done); },
  post: async (button) => {
    const body = await act(button.dataset.path, JSON.parse(button.dataset.given || "{}"));
    if (body && button.dataset.then) again(); else done(body);
  },
  chooseAndMake: async (button) => {
    const form = $("#choice");
    if (await act(form.dataset.action, held(form), button.dataset.busy)) done(await act("/jobs/make/start", {}));
  },
  validate: async ({ dataset: { file, at, undone } }) => {
    const given = { file, at, by: $("#by").value, undone: Boolean(undone) };
    sessionStorage.setItem("by", given.by);
    done(await act("/jobs/release/validate", given));
  },
  cancel: (button) => act(`/jobs/${button.dataset.kind}/cancel`, {}),
  applyTicks: async (button) => {
    const given = { yes: [], no: [], skip: $("#skip")?.checked ? "yes" : "" };
    for (const box of all(".listing input:checked")) given[box.value].push(box.name);
    button.disabled = true;
    done(await act("/jobs/import/apply", given, button.dataset.busy));
    button.disabled = false;
  },
});

/* A page that is looked at in large, and those beside it. */
const large = $("#large");
let leaf = null;

function enlarge(button) {
  leaf = button;
  const small = $("img", button), image = $("img", large), leaves = all("[data-do=enlarge]");
  image.src = `${small.src}${small.src.includes("?") ? "&" : "?"}width=1600`;
  image.alt = $("b", large).textContent = small.alt;
  large.setAttribute("aria-label", small.alt);
  for (const step of all("[data-step]", large)) {
    step.disabled = step.dataset.step && !leaves[leaves.indexOf(button) + Number(step.dataset.step)];
  }
  if (!large.open) large.showModal();
}

Object.assign(does, {
  enlarge,
  leaf: ({ dataset: { step } }) => {
    const leaves = all("[data-do=enlarge]"), next = leaves[leaves.indexOf(leaf) + Number(step)];
    if (!step) large.close(); else if (next) enlarge(next);
  },
});
large.addEventListener("keydown", ({ key }) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step) $(`[data-step="${step}"]`, large).click();
});
large.addEventListener("close", () => leaf?.focus());
large.addEventListener("click", (event) => { if (event.target === large) large.close(); });

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.dataset.action) send(event.target);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) does[button.dataset.do](button);
});
document.addEventListener("change", async ({ target }) => {
  const record = target.closest("[data-record]");
  if (!record) return;
  const { field, seen } = target.dataset;
  const given = { file: record.dataset.record, at: "", known: "", field, seen, text: target.value };
  if (await act("/save", given)) again();
});
for (const drop of all("[data-drop]")) {
  $("input", drop).addEventListener("change", (event) => take(drop, event.target.files));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); take(drop, event.dataTransfer.files); });
}
all("[data-follow]").forEach(follow);
/* What would be made is that of the choice when it was asked: another choice takes it away. */
$("#choice")?.addEventListener("input", () => { $("#planned").hidden = true; });
if ($("input#by")) $("#by").value = sessionStorage.getItem("by") || "";
$("#first")?.addEventListener("change", (event) => { if (!$("#last").value) $("#last").value = event.target.value; });
if (sessionStorage.getItem("shown") && !$("[data-follow]")) {
  sessionStorage.removeItem("shown");
  ($("#result") || $("#work")).focus();
}
