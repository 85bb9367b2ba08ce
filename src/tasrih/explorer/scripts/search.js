/** The search page: one box, whose query is in the address; facets write terms into it. */

import { answers, opened, places } from "./answers.js";
import { asks, counted, toggled } from "./facets.js";
import { parse, QueryError } from "./queries.js";
import { element } from "./passages.js";
import { articleItem, hits, quoteItem, row } from "./results.js";
import { FORMATS } from "./rows.js";

/** @import { Index } from "./answers.js" */
/** @import { Term } from "./queries.js" */

const PAGE = 20;
const ARTICLES = 10;
const FEW = 12;
const root = document.body.dataset.root ?? "";

/** @param {string} name @returns {HTMLElement} */
function part(name) {
  return /** @type {HTMLElement} */ (document.getElementById(name));
}

const box = /** @type {HTMLInputElement} */ (part("query"));
const index = opened(root);
let asked = 0;
/** @type {number[]} */
let found = [];
/** @type {() => Promise<void>} */
let more = async () => {};

/** @returns {string} the query of the address */
function addressed() {
  return new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
}

/** A query that came as `?q=` goes on as `#q=`: an address has one. */
function settle() {
  const given = new URLSearchParams(location.search).get("q");
  if (given === null) return;
  const hash = location.hash || `#${new URLSearchParams({ q: given })}`;
  history.replaceState(null, "", `${location.pathname}${hash}`);
}

/** @param {string} query puts a query into the address, from where it is asked */
function ask(query) {
  const hash = `#${new URLSearchParams({ q: query })}`;
  if (location.hash === hash) void show();
  else location.hash = hash;
}

/** Answers the query of the address; an answer that came too late is dropped. */
async function show() {
  const number = ++asked;
  const query = addressed().trim();
  box.value = query;
  const opening = await index;
  const language = { fields: opening.contents.fields, whole: new Set(opening.contents.whole) };
  try {
    const terms = query ? parse(query, language) : [];
    performance.mark("asked");
    const all = await answers(opening, terms);
    performance.measure("answered", "asked");
    if (number !== asked) return;
    tell("");
    found = Array.from(all.keys()).filter((one) => all[one]);
    await Promise.all([showFacets(opening, query, terms, all), query ? showQuotes(opening, terms) : clear(opening)]);
    if (query && number === asked) await showArticles(opening, terms);
    performance.measure("shown", "asked");
  } catch (error) {
    if (number !== asked) return;
    if (!(error instanceof QueryError)) throw error;
    clear(opening);
    part("count").textContent = "";
    tell(error.at ? `At character ${error.at}: ${error.message}` : error.message);
  } finally {
    if (number === asked) document.body.dataset.answered = query;
  }
}

/** @param {string} wrong what is wrong with the query, or nothing */
function tell(wrong) {
  part("wrong").textContent = wrong;
  part("wrong").hidden = !wrong;
  box.setAttribute("aria-invalid", String(Boolean(wrong)));
}

/** @param {Index} opening */
function clear(opening) {
  found = [];
  part("quotes").replaceChildren();
  part("articles").replaceChildren();
  part("found").hidden = true;
  part("elsewhere").hidden = true;
  part("count").textContent = `${opening.contents.quotes.toLocaleString("en")} quotes can be looked through.`;
}

/** @param {number} count @param {string} what */
function counting(count, what) {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** @param {Index} opening @param {Term[]} terms */
async function showQuotes(opening, terms) {
  const number = asked;
  const articles = new Set(found.map((one) => opening.article[one])).size;
  part("count").textContent = found.length ? `${counting(found.length, "quote")} in ${counting(articles, "article")}.` : "No quote is so.";
  part("found").hidden = !found.length;
  const marked = await hits(opening, terms, ["text"], "text");
  const list = part("quotes");
  let shown = 0;
  more = async () => {
    const next = found.slice(shown, shown + PAGE);
    const items = await Promise.all(next.map((one) => quoteItem(opening, one, marked(one))));
    if (number !== asked) return;
    if (!shown) list.replaceChildren();
    shown += next.length;
    list.append(...items);
    part("more").hidden = shown >= found.length;
  };
  await more();
}

/** @param {Index} opening @param {Term[]} terms */
async function showArticles(opening, terms) {
  const number = asked;
  const wanted = terms.filter((term) => ["text", "article.text"].includes(term.field) && !term.negated && term.values.length);
  const each = await Promise.all(
    wanted.map(async (term) => {
      const maps = await Promise.all(term.values.map((stems) => places(opening, "article.text", stems)));
      return new Set(maps.flatMap((map) => [...map.keys()]));
    }),
  );
  const [first = new Set(), ...others] = each;
  const numbers = [...first].filter((one) => others.every((other) => other.has(one))).sort((one, other) => one - other);
  const marked = await hits(opening, terms, ["text", "article.text"], "article.text");
  const items = await Promise.all(numbers.slice(0, ARTICLES).map((one) => articleItem(opening, one, marked(one))));
  if (number !== asked) return;
  part("elsewhere").hidden = !wanted.length;
  const told = numbers.length > ARTICLES ? `, the first ${ARTICLES} of them` : "";
  part("words").textContent = `The words stand in ${counting(numbers.length, "article")}${told}.`;
  part("articles").replaceChildren(...items);
}

/**
 * @param {Index} opening
 * @param {string} query
 * @param {Term[]} terms
 * @param {Uint8Array} all
 */
async function showFacets(opening, query, terms, all) {
  const number = asked;
  const names = Object.keys(opening.contents.facets);
  const counts = await Promise.all(names.map((name) => (query ? counted(opening, name, all) : opening.contents.facets[name])));
  if (number !== asked) return;
  names.forEach((name, which) => {
    const values = /** @type {[string, number][]} */ (counts[which]);
    const sorted = values.sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
    const list = element("ul", {}, ...sorted.map(([value, count]) => facet(query, terms, name, value, count)));
    const many = sorted.length > FEW;
    [...list.children].slice(FEW).forEach((item) => /** @type {HTMLElement} */ (item).toggleAttribute("hidden", true));
    const all = element("button", { type: "button", class: "all" }, `All ${sorted.length}`);
    all.addEventListener("click", () => {
      for (const item of list.children) item.removeAttribute("hidden");
      /** @type {HTMLElement | null} */ (list.children[FEW].querySelector("button"))?.focus();
      all.remove();
    });
    const group = part(`facet-${name}`);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const value = group.contains(focused) ? focused?.dataset.value : undefined;
    group.replaceChildren(list, ...(many ? [all] : []));
    for (const button of group.querySelectorAll("button")) if (value !== undefined && button.dataset.value === value) button.focus();
  });
}

/**
 * @param {string} query
 * @param {Term[]} terms
 * @param {string} name
 * @param {string} value
 * @param {number} count
 */
function facet(query, terms, name, value, count) {
  const pressed = terms.some((term) => asks(term, name, value));
  const button = element(
    "button",
    { type: "button", "aria-pressed": String(pressed), "data-value": value },
    element("bdi", {}, value), " ", element("span", { class: "number" }, count.toLocaleString("en")),
  );
  button.addEventListener("click", () => ask(toggled(query, terms, name, value)));
  return element("li", {}, button);
}

/** @param {keyof typeof FORMATS} format hands over all answers as a file */
async function download(format) {
  const opening = await index;
  const rows = [];
  for (const number of found) rows.push(await row(opening, number));
  const address = URL.createObjectURL(new Blob([FORMATS[format].text(rows)], { type: FORMATS[format].type }));
  element("a", { href: address, download: `quotes.${format}` }).click();
  URL.revokeObjectURL(address);
}

part("search").addEventListener("submit", (event) => {
  event.preventDefault();
  ask(box.value);
});
part("more").addEventListener("click", async () => {
  const list = part("quotes");
  const before = list.children.length;
  await more();
  /** @type {HTMLElement | null} */ (list.children[before]?.querySelector("a"))?.focus();
});
for (const button of document.querySelectorAll("button[data-format]")) {
  button.addEventListener("click", () => void download(/** @type {HTMLElement} */ (button).dataset.format ?? "tsv"));
}
if (matchMedia("(max-width: 48rem)").matches) {
  for (const group of document.querySelectorAll(".facets details")) group.removeAttribute("open");
}
addEventListener("hashchange", () => void show());
settle();
void show();
