/** What answers are broken down by: how many of them have which value, and queries with a value more or less. */

import { column } from "./answers.js";
import { folded } from "./letters.js";
import { written } from "./queries.js";

/** @import { Index } from "./answers.js" */
/** @import { Term } from "./queries.js" */

/**
 * How many answers have each value of a field; years for days.
 * @param {Index} index
 * @param {string} name
 * @param {Uint8Array} found
 * @returns {Promise<[string, number][]>}
 */
export async function counted(index, name, found) {
  const { values, rows } = await column(index, name);
  const weights = new Uint32Array(values.length);
  const ofArticle = index.contents.fields[name].of === "article";
  found.forEach((one, number) => {
    if (one) weights[rows[ofArticle ? index.article[number] : number]] += 1;
  });
  const counts = new Map();
  values.forEach((facts, number) => {
    for (const fact of weights[number] ? facts : []) {
      const value = shortened(name, fact);
      counts.set(value, (counts.get(value) ?? 0) + weights[number]);
    }
  });
  return [...counts];
}

/** @param {string} name @param {string} value */
function shortened(name, value) {
  return name === "published" ? value.slice(0, 4) : value;
}

/** @param {Term} term @param {string} name @param {string} value @returns {boolean} whether a term asks for it alone */
export function asks(term, name, value) {
  if (term.field !== name || term.negated || term.values.length !== 1) return false;
  const [wanted] = term.values;
  if (name === "published") return wanted[0] === value && wanted[1] === `${value}-12-31`;
  return wanted === value || wanted === folded(value);
}

/**
 * The query with a value asked for, or without it where it was.
 * @param {string} query
 * @param {Term[]} terms
 * @param {string} name
 * @param {string} value
 * @returns {string}
 */
export function toggled(query, terms, name, value) {
  const asked = terms.filter((term) => asks(term, name, value));
  if (!asked.length) return `${query.trim()} ${name}=${written(value)}`.trim();
  let kept = query;
  for (const term of asked.reverse()) kept = kept.slice(0, term.start) + kept.slice(term.end);
  return kept.trim().replace(/ {2,}/g, " ");
}
