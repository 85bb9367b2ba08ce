/** Which quotes a query holds of, by the shards of the index; only those are loaded that the query needs. */

import { folded } from "./letters.js";
import { loaded } from "./shards.js";

/** @import { Term } from "./queries.js" */

/**
 * @typedef {{ values: any[][], rows: Uint32Array }} Column
 * @typedef {{ root: string, contents: any, quotes: number[], withheld: number[], first: Uint32Array, article: Uint32Array }} Index
 */

/** @param {string} key @returns {number} the CRC-32 of a key, which tells its shard */
function crc32(key) {
  let crc = ~0;
  for (const byte of new TextEncoder().encode(key)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** @param {string} root @returns {Promise<Index>} what every question needs */
export async function opened(root) {
  const [contents, { quotes, withheld }] = await Promise.all([loaded(root, "search/contents"), loaded(root, "search/articles")]);
  const first = new Uint32Array(quotes.length + 1);
  const article = new Uint32Array(contents.quotes);
  quotes.forEach((/** @type {number} */ count, /** @type {number} */ number) => {
    first[number + 1] = first[number] + count;
    article.fill(number, first[number], first[number + 1]);
  });
  return { root, contents, quotes, withheld, first, article };
}

/** @type {WeakMap<object, Column>} */
const columns = new WeakMap();

/** @param {Index} index @param {string} name @returns {Promise<Column>} */
export async function column(index, name) {
  const given = await loaded(index.root, `search/columns/${name}`);
  const known = columns.get(given);
  if (known) return known;
  const { values, combinations, width, rows } = given;
  const found = {
    values: combinations.map((/** @type {number[]} */ one) => one.map((number) => values[number])),
    rows: fromLetters(rows, width),
  };
  columns.set(given, found);
  return found;
}

const A = "a".charCodeAt(0);

/** @param {string} letters @param {number} width @returns {Uint32Array} numbers that Python's `in_letters` wrote */
export function fromLetters(letters, width) {
  const numbers = new Uint32Array(letters.length / width);
  for (let place = 0; place < letters.length; place++) {
    const number = Math.floor(place / width);
    numbers[number] = numbers[number] * 26 + letters.charCodeAt(place) - A;
  }
  return numbers;
}

/** @type {WeakMap<object, Map<string, any[]>>} */
const tables = new WeakMap();

/** @param {Index} index @param {string} name @param {string} key @returns {Promise<any[]>} the entries of a key */
async function entries(index, name, key) {
  const pairs = await loaded(index.root, `search/${name}/${crc32(key) % index.contents.shards}`);
  if (!tables.has(pairs)) tables.set(pairs, new Map(pairs));
  return tables.get(pairs)?.get(key) ?? [];
}

/**
 * The quotes of which all terms hold, as one byte each.
 * @param {Index} index
 * @param {Term[]} terms
 * @returns {Promise<Uint8Array>}
 */
export async function answers(index, terms) {
  const found = await Promise.all(terms.map((term) => holds(index, term)));
  const all = new Uint8Array(index.contents.quotes).fill(1);
  for (const one of found) for (let number = 0; number < all.length; number++) all[number] &= one[number];
  return all;
}

/** @param {Index} index @param {Term} term @returns {Promise<Uint8Array>} */
async function holds(index, term) {
  const { kind, of } = index.contents.fields[term.field];
  if (term.field === "cue") return byCue(index, term);
  if (kind === "words") return byWords(index, term);
  const held = kind === "name" ? await byName(index, term) : await byColumn(index, term, kind);
  const found = of === "article" ? spread(index, held) : held;
  return term.negated ? found.map((one) => 1 - one) : found;
}

/** @param {Index} index @param {Uint8Array} articles @returns {Uint8Array} what holds of articles, of their quotes */
function spread(index, articles) {
  return looked(index.article, articles);
}

/** @param {ArrayLike<number>} rows @param {ArrayLike<number>} held @returns {Uint8Array} of each row what it has */
function looked(rows, held) {
  const found = new Uint8Array(rows.length); // a loop: Uint8Array.from takes ten times as long
  for (let number = 0; number < rows.length; number++) found[number] = held[rows[number]];
  return found;
}

/** @type {Record<string, (fact: any, wanted: any) => boolean>} */
const TESTS = {
  choice: (fact, wanted) => fact === wanted,
  value: (fact, wanted) => folded(fact) === wanted,
  period: (fact, [first, last]) => first <= fact && (last === "" || fact <= last),
  number: (fact, [low, high]) => low <= fact && fact <= high,
};

/** @param {Index} index @param {Term} term @param {string} kind @returns {Promise<Uint8Array>} */
async function byColumn(index, term, kind) {
  const { values, rows } = await column(index, term.field);
  const holding = values.map((facts) =>
    Number(facts.some((fact) => !term.values.length || term.values.some((wanted) => TESTS[kind](fact, wanted)))),
  );
  return looked(rows, holding);
}

/** @param {Index} index @param {Term} term @returns {Promise<Uint8Array>} */
async function byName(index, term) {
  if (!term.values.length) return byColumn(index, { ...term, field: `${term.field}.type` }, "choice");
  const side = term.field === "speaker" ? 0 : 1;
  const found = new Uint8Array(index.contents.quotes);
  for (const name of term.values) {
    const named = await entries(index, "names", name);
    for (let place = 0; place < named.length; place += 2) if (named[place + 1] === side) found[named[place]] = 1;
  }
  return found;
}

/** @param {Index} index @param {Term} term @returns {Promise<Uint8Array>} */
async function byCue(index, term) {
  const { values, rows } = await column(index, "cue");
  const holding = values.map(([words]) => {
    if (!term.values.length) return Number((words !== undefined) !== term.negated);
    if (words === null) return 0;
    return Number(term.values.some((wanted) => follows(words ?? [], wanted)) !== term.negated);
  });
  const found = looked(rows, holding);
  return term.values.length ? withWords(index, found) : found;
}

/** @param {string[][]} words the stems of each word @param {string[]} wanted @returns {boolean} */
function follows(words, wanted) {
  return words.some((_, start) => wanted.every((stem, number) => words[start + number]?.includes(stem)));
}

/** @param {Index} index @param {Uint8Array} found @returns {Uint8Array} without quotes of articles without words */
function withWords(index, found) {
  for (let number = 0; number < found.length; number++) if (index.withheld[index.article[number]]) found[number] = 0;
  return found;
}

/** @param {Index} index @param {Term} term @returns {Promise<Uint8Array>} */
async function byWords(index, term) {
  const ofArticle = term.field === "article.text";
  const found = new Uint8Array(ofArticle ? index.quotes.length : index.contents.quotes);
  if (!term.values.length) return found.fill(Number(!term.negated)) && (ofArticle ? spread(index, found) : found);
  for (const wanted of term.values) for (const number of (await places(index, term.field, wanted)).keys()) found[number] = 1;
  const held = term.negated ? found.map((one) => 1 - one) : found;
  return withWords(index, ofArticle ? spread(index, held) : held);
}

/**
 * Where words follow one another: by the number of the quote, or of the article, the places of the first among its words.
 * @param {Index} index
 * @param {string} name `text` or `article.text`
 * @param {string[]} wanted stems
 * @returns {Promise<Map<number, number[]>>}
 */
export async function places(index, name, wanted) {
  const each = await Promise.all(wanted.map((stem) => entries(index, name, stem)));
  const [first, ...others] = each.map((flat) => {
    const found = new Map();
    for (let place = 0; place < flat.length; place += 2) found.set(flat[place], [flat[place + 1]].flat());
    return found;
  });
  const found = new Map();
  for (const [number, starts] of first) {
    const kept = starts.filter((/** @type {number} */ start) =>
      others.every((other, distance) => other.get(number)?.includes(start + distance + 1)),
    );
    if (kept.length) found.set(number, kept);
  }
  return found;
}
