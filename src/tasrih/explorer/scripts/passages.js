/** A passage of an article with marks in it: nothing stands inside a word that would part its letters. */

import { located } from "./letters.js";

/**
 * @typedef {{ start: number, end: number, kind: string }} Range code points
 */

/** @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} inner @returns {HTMLElement} */
export function element(tag, attributes, ...inner) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inner);
  return made;
}

/**
 * A stretch of a text with ranges marked, and … where the text goes on.
 * @param {string[]} letters the text by its code points
 * @param {Range[]} ranges
 * @param {number} width how many letters stay around the first and the last range
 * @returns {HTMLElement}
 */
export function passage(letters, ranges, width) {
  const from = atSpace(letters, Math.min(...ranges.map((range) => range.start)) - width, 1);
  const to = atSpace(letters, Math.max(...ranges.map((range) => range.end)) + width, -1);
  const made = element("p", { lang: "ar", dir: "rtl", class: "passage" });
  if (from > 0) made.append("… ");
  const edges = new Set([from, to, ...ranges.flatMap(({ start, end }) => [start, end])]);
  const sorted = [...edges].filter((edge) => edge >= from && edge <= to).sort((one, other) => one - other);
  for (let number = 1; number < sorted.length; number++) {
    const [start, end] = [sorted[number - 1], sorted[number]];
    const kinds = ranges.filter((range) => range.start <= start && end <= range.end).map((range) => range.kind);
    const text = letters.slice(start, end).join("");
    if (!kinds.length) made.append(text);
    else made.append(element(kinds.includes("hit") ? "mark" : "span", { class: [...new Set(kinds)].join(" ") }, text));
  }
  if (to < letters.length) made.append(" …");
  return made;
}

/** @param {string[]} letters @param {number} place @param {number} step @returns {number} the next place between words */
function atSpace(letters, place, step) {
  let found = Math.max(0, Math.min(letters.length, place));
  while (found > 0 && found < letters.length && letters[found] !== " ") found += step;
  return found;
}

/**
 * Where words stand that are counted over several stretches of text, as the index counts them.
 * @param {{ letters: string[], start: number, end: number }[]} stretches
 * @param {Set<number>} wanted their places
 * @returns {{ stretch: number, start: number, end: number }[]}
 */
export function wordsAt(stretches, wanted) {
  const found = [];
  let count = 0;
  stretches.forEach(({ letters, start, end }, stretch) => {
    for (const word of located(letters)) {
      if (word.start >= end || word.end <= start) continue;
      if (wanted.has(count)) found.push({ stretch, ...word });
      count += 1;
    }
    count += 1;
  });
  return found;
}
