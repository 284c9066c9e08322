/* What a page of the site can do beyond being read: copy, filter, search. Without it, nothing is missing. */
(function () {
  "use strict";

  const body = document.body;
  const status = document.createElement("p");
  status.className = "heard";
  status.setAttribute("role", "status");
  body.append(status);

  /* --- copying ------------------------------------------------------------------------------- */
  function taken(button) {
    status.textContent = body.dataset.copied;
    const words = button.textContent;
    button.textContent = body.dataset.copied;
    button.classList.add("done");
    setTimeout(() => {
      button.textContent = words;
      button.classList.remove("done");
      status.textContent = "";
    }, 1600);
  }

  function byHand(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "heard";
    body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  function copy(text, button) {
    const done = () => { taken(button); button.focus(); };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, () => { byHand(text); done(); });
    } else {
      byHand(text);
      done();
    }
  }

  /** The words of an element as they are printed, a line between paragraphs. */
  function wordsOf(element) {
    const blocks = [...element.querySelectorAll("p, li, h1, h2, h3, h4, h5, h6")];
    const found = blocks.filter((block) => !block.parentElement.closest("p, li"));
    const texts = (found.length ? found : [element]).map((each) => each.innerText.trim().replace(/[ \t]*\n[ \t]*/g, " "));
    return texts.filter(Boolean).join("\n\n");
  }

  for (const each of document.querySelectorAll("button[data-copy]")) {
    each.hidden = false;
    each.addEventListener("click", () => copy(wordsOf(document.querySelector(each.dataset.copy)), each));
  }

  function button(label, words) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = label;
    made.addEventListener("click", () => copy(words(), made));
    return made;
  }

  function offer(element, label, words) {
    const row = document.createElement("p");
    row.className = "copies";
    row.append(button(label, words));
    element.after(row);
    return row;
  }

  const SHORT = 240; // characters that are selected as quickly as copied

  /** A quotation with who said it. */
  function quoted(figure) {
    const quote = figure.querySelector("blockquote") || figure;
    const author = figure.querySelector("figcaption, .moip-author");
    return wordsOf(quote) + (author ? "\n— " + author.innerText.trim() : "");
  }

  /** Whose words a paragraph of an editorial or of an interview is, as a line below it. */
  function spokenBy(paragraph) {
    const speaker = paragraph.closest(".moip-editorial, .moip-interview")?.querySelector(".moip-speaker");
    const told = speaker ? [...speaker.querySelectorAll(".moip-name, .moip-role")].map((each) => each.innerText.trim()) : [];
    return told.length ? "\n— " + told.join(", ") : "";
  }

  /** Offer to copy one paragraph: the buttons show when they are asked for, so that nobody has to pass them. */
  function byParagraph(place) {
    const paragraphs = [...document.querySelectorAll("[data-copies] .moip-text p")];
    if (paragraphs.length < 2) return;
    const asked = document.createElement("button");
    asked.type = "button";
    asked.className = "copy";
    asked.textContent = body.dataset.copyParagraphs;
    asked.setAttribute("aria-pressed", "false");
    let made = null;
    asked.addEventListener("click", () => {
      made = made || paragraphs.map((each) => offer(each, body.dataset.copyParagraph, () => wordsOf(each) + spokenBy(each)));
      const shown = asked.getAttribute("aria-pressed") === "false";
      asked.setAttribute("aria-pressed", String(shown));
      for (const row of made) row.hidden = !shown;
    });
    place.append(asked);
  }

  for (const text of document.querySelectorAll("[data-copies]")) {
    for (const quote of text.querySelectorAll("blockquote")) {
      const figure = quote.closest("figure") || quote;
      offer(figure, body.dataset.copyQuote, () => quoted(figure));
    }
    for (const lead of text.querySelectorAll(".moip-lead, .moip-introduction, .lead")) {
      offer(lead, body.dataset.copyLead, () => wordsOf(lead));
    }
    for (const answer of text.querySelectorAll(".moip-text")) {
      if (answer.innerText.length > SHORT) offer(answer, body.dataset.copyText, () => wordsOf(answer));
    }
  }
  const take = document.querySelector("[data-take]");
  const title = document.querySelector("main h1");
  if (take && title) {
    take.hidden = false;
    take.append(button(body.dataset.copyTitle, () => title.innerText.trim()));
    byParagraph(take);
  }

  /* --- words that are looked for ------------------------------------------------------------- */
  const SMALL = new Set(("a au aux avec ce ces dans de des du elle en et eux il je la le les leur lui ma mais me meme mes moi " +
    "mon ne nos notre nous on ou par pas pour qu que qui sa se ses son sur ta te tes toi ton tu un une vos votre vous c d j l m n s t y " +
    "the of and to in for is that with at by from").split(" "));

  /** A word as it is compared: without capitals, accents, ligatures and the ending of a plural. */
  function folded(term) {
    const plain = term.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "")
      .replace(/œ/g, "oe").replace(/æ/g, "ae");
    if (SMALL.has(plain)) return null;
    return plain.length > 3 ? plain.replace(/(aux|x|s)$/, (end) => (end === "aux" ? "al" : "")) : plain;
  }

  let search = null;
  function found(words) {
    if (!window.MiniSearch || !window.moipPages) return [];
    if (!search) {
      search = new window.MiniSearch({
        fields: ["title", "kind", "text"],
        storeFields: ["title", "kind", "about", "event"],
        tokenize: (text) => text.split(/[\s\p{P}\p{S}]+/u).filter(Boolean),
        processTerm: folded,
        searchOptions: { boost: { title: 4, kind: 2 }, prefix: (term) => term.length > 2, fuzzy: (term) => (term.length > 5 ? 0.2 : 0), combineWith: "AND" },
      });
      search.addAll(window.moipPages);
    }
    return search.search(words);
  }

  function told(place, count) {
    const words = count === 0 ? place.dataset.none : count === 1 ? place.dataset.one : place.dataset.many;
    place.textContent = words.replace(/1[\s\u202f\u00a0]?000/, String(count));
  }

  function remember(form) {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();
    try {
      history.replaceState(null, "", (query ? "?" + query : location.pathname.split("/").pop()) + location.hash);
    } catch (error) { /* a browser may refuse this for a file */ }
  }

  function recall(form) {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
  }

  /* --- the programme, filtered --------------------------------------------------------------- */
  const filters = document.querySelector("[data-filters]");
  if (filters) {
    filters.hidden = false;
    recall(filters);
    const rows = [...document.querySelectorAll(".row")];
    const days = [...document.querySelectorAll(".day-group")];
    const fits = (row, name, value) => (row.dataset[name] || "").split("|").includes(value);
    const filter = () => {
      const words = filters.elements.words.value.trim();
      const ids = words ? new Set(found(words).map((each) => each.event)) : null;
      const asked = [...filters.querySelectorAll("select")].filter((select) => select.value);
      const shown = new Set();
      for (const row of rows) {
        const kept = asked.every((select) => fits(row, select.name, select.value)) && (!ids || ids.has(row.dataset.event));
        row.hidden = !kept;
        if (kept) shown.add(row.dataset.event);
      }
      for (const day of days) day.hidden = ![...day.querySelectorAll(".row")].some((row) => !row.hidden);
      told(filters.querySelector("[role=status]"), shown.size);
      remember(filters);
    };
    filters.addEventListener("input", filter);
    filters.addEventListener("reset", () => setTimeout(filter));
    filters.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }

  /* --- all pages, searched ------------------------------------------------------------------- */
  const seek = document.querySelector("[data-seek]");
  if (seek) {
    seek.hidden = false;
    recall(seek);
    const results = document.querySelector("[data-results]");
    const list = results.querySelector("ul");
    const show = () => {
      const words = seek.elements.q.value.trim();
      results.hidden = !words;
      list.replaceChildren();
      const pages = words ? found(words) : [];
      told(results.querySelector("[role=status]"), pages.length);
      for (const page of pages.slice(0, 50)) {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = page.id;
        link.textContent = page.title;
        const about = document.createElement("p");
        about.textContent = page.kind + " · " + page.about;
        item.append(link, about);
        list.append(item);
      }
      remember(seek);
    };
    seek.addEventListener("input", show);
    seek.addEventListener("submit", (event) => { event.preventDefault(); show(); });
    show();
  }
})();
