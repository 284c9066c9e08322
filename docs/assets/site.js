// The site's search says how much it has found in English only; French pages say it in French.
const FRENCH = [
  [/^1 result$/, "1 résultat"],
  [/^([\d,]+) results$/, "$1 résultats"],
  [/^No results$/, "Aucun résultat"],
  [/^Loading search…$/, "La recherche se prépare…"],
];
const ALL = { subtree: true, childList: true, characterData: true };

function translate(root) {
  for (const { firstChild: text } of root.querySelectorAll('[role="status"]')) {
    if (text?.nodeType !== Node.TEXT_NODE) continue;
    const said = FRENCH.reduce((words, [form, french]) => words.replace(form, french), text.data);
    if (said !== text.data) text.data = said;
  }
}

// the search is an element of its own, which is added to the page when that has been read
if (document.documentElement.lang === "fr") {
  const seen = new Set();
  new MutationObserver(() => {
    for (const { shadowRoot } of document.body.children) {
      if (!shadowRoot || seen.has(shadowRoot)) continue;
      seen.add(shadowRoot);
      new MutationObserver(() => translate(shadowRoot)).observe(shadowRoot, ALL);
    }
  }).observe(document.body, { childList: true });
}
