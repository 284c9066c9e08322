/* What every script of the studio uses: finding elements, asking the server, saying how it went. */

export const $ = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const query = (given) => "?" + new URLSearchParams(given);
export const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const does = {}; // what buttons do, by their data-do

const { home, largest, tooLarge } = document.documentElement.dataset;
export const address = (path) => home + path; // all of the studio lies below a path of its own

/* Ask the server, or send it something: a file as it is, anything else as JSON. */
export async function ask(path, given) {
  const file = given instanceof File;
  if (file && given.size > largest) return { ok: false, status: 413, body: { fault: tooLarge } };
  const answer = await fetch(address(path), given && {
    method: "POST", headers: file ? {} : { "content-type": "application/json" }, body: file ? given : JSON.stringify(given),
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

/* Hear how the pages stand, while the window is in view: a browser has but six lines to a server, for all its windows.
   Return what begins anew, with the address as it is then. */
export function listen(path, heard, opened = () => {}, lost = () => {}) {
  let news = null;
  const begin = () => {
    news?.close();
    if (document.hidden) return;
    news = new EventSource(address(path()));
    news.onmessage = (event) => heard(JSON.parse(event.data));
    news.onopen = opened;
    news.onerror = () => {
      lost();
      if (news.readyState === EventSource.CLOSED) setTimeout(begin, 2000); // refused until its new window is open
    };
  };
  document.addEventListener("visibilitychange", begin);
  begin();
  return begin;
}
