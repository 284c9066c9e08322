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

/* Hear how the pages stand, while the window is in view: a browser has but six lines to a server, for all its windows.
   Return what begins anew, with the address as it is then. */
export function listen(address, heard, opened = () => {}, lost = () => {}) {
  let news = null;
  const begin = () => {
    news?.close();
    if (document.hidden) return;
    news = new EventSource(address());
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
