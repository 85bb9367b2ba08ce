/** Answers as they are shown: quotes in their context, and articles in which words stand. */

import { places } from "./answers.js";
import { element, passage, wordsAt } from "./passages.js";
import { loaded } from "./shards.js";

/** @import { Index } from "./answers.js" */
/** @import { Term } from "./queries.js" */

const AROUND = 60;

/**
 * @typedef {{ id: string, headline: string, published: string | null, collection: string, outlet: string | null,
 *   withheld: boolean, paragraphs: string[], quotes: any[][] }} Shown
 * @typedef {[number, number, number]} Place the number of the paragraph, start, end
 * @typedef {{ id: string, type: string, speaker: string | null, form: string | null, spans: Place[], cue: Place | null,
 *   named: Place | null }} Quote
 */

/** @param {Index} index @param {number} number @returns {Promise<Shown>} what is shown of an article */
export async function article(index, number) {
  const size = index.contents.block;
  const block = await loaded(index.root, `search/blocks/${Math.floor(number / size)}`);
  return block[number % size];
}

/**
 * The places of words that a query looks for: by quote or article the places of all words of each hit.
 * @param {Index} index
 * @param {Term[]} terms
 * @param {string[]} names fields of words that count
 * @param {string} within `text` or `article.text`
 * @returns {Promise<((number: number) => Set<number>)>}
 */
export async function hits(index, terms, names, within) {
  const wanted = terms.filter((term) => names.includes(term.field) && !term.negated).flatMap((term) => term.values);
  const found = await Promise.all(wanted.map((stems) => places(index, within, stems)));
  return (number) => {
    const all = new Set();
    found.forEach((starts, which) => {
      for (const start of starts.get(number) ?? []) wanted[which].forEach((_, distance) => all.add(start + distance));
    });
    return all;
  };
}

/** @param {Index} index @param {number} number @returns {Promise<{ shown: Shown, quote: Quote }>} */
async function quoted(index, number) {
  const shown = await article(index, index.article[number]);
  const [id, type, speaker, form, spans = [], cue = null, named = null] = shown.quotes[number - index.first[index.article[number]]];
  return { shown, quote: { id, type, speaker, form, spans, cue, named } };
}

/** @param {Index} index @param {number} number @returns {Promise<Record<string, string | null>>} a quote as a row */
export async function row(index, number) {
  const { shown, quote } = await quoted(index, number);
  const cue = quote.cue ? words(shown, quote.cue) : null;
  const text = shown.withheld ? null : quote.spans.map((span) => words(shown, span)).join(" ");
  return { article: shown.id, quote: quote.id, type: quote.type, speaker: quote.speaker, cue, text };
}

/** @param {Shown} shown @param {Place} place @returns {string} */
function words(shown, [paragraph, start, end]) {
  return letters(shown, paragraph).slice(start, end).join("");
}

/** @param {Shown} shown @param {number} paragraph @returns {string[]} */
function letters(shown, paragraph) {
  return [...shown.paragraphs[paragraph]];
}

/**
 * A quote with who says it, the text around it, and where it is.
 * @param {Index} index
 * @param {number} number
 * @param {Set<number>} wanted places of words that are marked
 * @returns {Promise<HTMLElement>}
 */
export async function quoteItem(index, number, wanted) {
  const { shown, quote } = await quoted(index, number);
  const speaker = quote.speaker
    ? [element("bdi", { lang: "ar", class: "speaker" }, quote.speaker), ` (${quote.form})`]
    : ["nobody named"];
  const told = element("p", { class: "told" }, element("span", { class: "type" }, quote.type), " · ", ...speaker);
  const address = `${index.root}articles/${encodeURIComponent(shown.id)}.html#${encodeURIComponent(quote.id)}`;
  const facts = [shown.outlet, shown.published, shown.collection].filter(Boolean).flatMap((fact) => [" · ", element("bdi", {}, String(fact))]);
  const label = shown.headline ? element("bdi", { lang: "ar" }, shown.headline) : shown.id;
  const source = element("p", { class: "where" }, element("a", { href: address }, label, ` ${quote.id}`), ...facts);
  return element("li", {}, told, ...inContext(shown, quote, wanted), source);
}

/** @param {Shown} shown @param {Quote} quote @param {Set<number>} wanted @returns {HTMLElement[]} a passage a paragraph */
function inContext(shown, quote, wanted) {
  if (shown.withheld) return [element("p", { class: "withheld" }, "The words of this article may not be passed on.")];
  const stretches = quote.spans.map(([paragraph, start, end]) => ({ letters: letters(shown, paragraph), start, end }));
  const hits = wordsAt(stretches, wanted).map(({ stretch, start, end }) => ranged("hit", [quote.spans[stretch][0], start, end]));
  const others = [quote.cue && ranged("cue", quote.cue), quote.named && ranged("speaker", quote.named)];
  const all = [...quote.spans.map((span) => ranged("quote", span)), ...hits, ...others].filter((one) => one !== null);
  const paragraphs = [...new Set(quote.spans.map(([paragraph]) => paragraph))];
  return paragraphs.map((paragraph) =>
    passage(letters(shown, paragraph), all.filter((one) => one.paragraph === paragraph), AROUND),
  );
}

/** @param {string} kind @param {Place} place */
function ranged(kind, [paragraph, start, end]) {
  return { kind, paragraph, start, end };
}

/**
 * An article with the first places of the words that were looked for.
 * @param {Index} index
 * @param {number} number
 * @param {Set<number>} wanted
 * @returns {Promise<HTMLElement>}
 */
export async function articleItem(index, number, wanted) {
  const shown = await article(index, number);
  const stretches = shown.paragraphs.map((text) => ({ letters: [...text], start: 0, end: text.length }));
  const found = wordsAt(stretches, wanted);
  const within = found.filter((one) => one.stretch === found[0]?.stretch).map((one) => ({ ...one, kind: "hit" }));
  const label = shown.headline ? element("bdi", { lang: "ar" }, shown.headline) : shown.id;
  const link = element("a", { href: `${index.root}articles/${encodeURIComponent(shown.id)}.html` }, label);
  const inside = within.length ? [passage(stretches[within[0].stretch].letters, within, AROUND)] : [];
  return element("li", {}, element("p", { class: "where" }, link), ...inside);
}
