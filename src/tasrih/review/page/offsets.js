/** Offsets in code points, as records have them, and in UTF-16, as the browser has them. */

/** @typedef {{text: string, node: Text, units: number[] | null}} Line `units`: for each code point where it begins */

/**
 * @param {string} text
 * @returns {number[] | null} null where the two are the same
 */
export function unitsOf(text) {
  const units = [0];
  for (const letter of text) units.push(units[units.length - 1] + letter.length);
  return units.length === text.length + 1 ? null : units;
}

/**
 * @param {number} point
 * @param {number[] | null} units
 */
export const toUnit = (point, units) => (units ? units[Math.min(point, units.length - 1)] : point);

/**
 * The code point that an offset of the browser is before; inside a pair of surrogates the pair's own.
 * @param {number} unit
 * @param {number[] | null} units
 */
export function toPoint(unit, units) {
  if (!units) return unit;
  let [low, high] = [0, units.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (units[middle] <= unit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A word with its signs, or one mark. */
const WORD = /[\p{L}\p{M}\p{N}\u0640\u200c\u200d]+|[^\s\p{L}\p{M}\p{N}\u0640\u200c\u200d]/gu;

/**
 * The words of a text, in code points.
 * @param {string} text
 * @param {number[] | null} units
 */
export const wordsOf = (text, units) =>
  [...text.matchAll(WORD)].map((found) => ({
    start: toPoint(found.index, units),
    end: toPoint(found.index + found[0].length, units),
  }));
