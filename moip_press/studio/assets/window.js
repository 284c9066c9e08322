/* What every script of the studio uses: finding elements, asking the server, saying how it went. */

export const $ = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const query = (given) => "?" + new URLSearchParams(given);
export const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const does = {}; // what buttons do, by their data-do

export async function ask(path, given) {
  const answer = await fetch(path, given && {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(given),
  });
  const kind = answer.headers.get("content-type") || "";
  const body = kind.includes("json") ? await answer.json() : await answer.text();
  return { ok: answer.ok, status: answer.status, body };
}

export function say(words, lost = false) {
  const said = $("#said");
  said.textContent = words;
  said.classList.toggle("lost", lost);
}
