/** Letters and words, as src/tasrih/text/letters.py and stems.py have them: the same words are found here and there. */

const VARIANTS = new Map(Object.entries({ أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ة: "ه" }));
const TATWEEL = "\u0640";
const SIGN = /^\p{Mn}$/u;
const RUN = /[\p{L}\p{N}]+/gu;
const SPACES_AROUND = /^(?:(?!\ufeff)[\s\x1c-\x1f\x85])+|(?:(?!\ufeff)[\s\x1c-\x1f\x85])+$/gu;
const SHORTEST = 3;
const ARTICLE = new RegExp(`^[وف]?(?:[بك]?ال|لل)(?=.{${SHORTEST}})`, "u");

/** @param {string} letter @returns {string} the letter without its variants; nothing for a sign or tatweel */
function plain(letter) {
  if (letter === TATWEEL || SIGN.test(letter)) return "";
  const one = VARIANTS.get(letter) ?? letter;
  const lower = one.toLowerCase();
  return [...lower].length === 1 ? lower : one;
}

/** @param {string} text @returns {string} the text with spelling variants made alike */
export function fold(text) {
  return [...text].map(plain).join("");
}

/** @param {string} text @returns {string} the text without white space around it */
export function trimmed(text) {
  return text.replace(SPACES_AROUND, "");
}

/** @param {string} text @returns {string} the text, folded, without white space around it */
export function folded(text) {
  return trimmed(fold(text));
}

/** @param {string} text @returns {string} the text with the digits of 0 to 9 */
export function westernDigits(text) {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.codePointAt(0) & 0xf));
}

/**
 * @typedef {{ start: number, end: number }} Place offsets in code points
 * @param {string[]} letters a text by its code points
 * @returns {Place[]} its words
 */
export function located(letters) {
  /** @type {number[]} */
  const places = [];
  let text = "";
  letters.forEach((letter, number) => {
    const one = plain(westernDigits(letter));
    if (one) places.push(number);
    text += one;
  });
  const offsets = new Map();
  let count = 0;
  for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) offsets.set(unit, count++);
  return [...text.matchAll(RUN)].map((word) => {
    const first = offsets.get(word.index);
    const last = places[first + [...word[0]].length - 1];
    return { start: places[first], end: last + 1 };
  });
}

/**
 * @param {string} word a folded word
 * @param {Set<string>} whole words that only look as if they had the article
 * @returns {string} the word without its article and what is before that
 */
export function stem(word, whole) {
  if (word === "الله") return "لله";
  const found = whole.has(word) ? null : ARTICLE.exec(word);
  return found ? stem(word.slice(found[0].length), whole) : word;
}

/** @param {string} text @param {Set<string>} whole @returns {string[]} what its words are looked for as */
export function phrase(text, whole) {
  return (fold(westernDigits(text)).match(RUN) ?? []).map((word) => stem(word, whole));
}
