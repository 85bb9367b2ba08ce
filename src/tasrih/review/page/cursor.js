/** Choosing words by keys. Forward is to the left. What is chosen is one word, or as many as the reader goes on to. */

import { at } from "./making.js";
import { current, look, render, state } from "./state.js";
import { allLines, itemsAt, letterAt, lineOf, rangeOf, reveal, textOf } from "./text.js";

/** @typedef {import("./state.js").Place} Place */

/** Where an arrow key begins: what is chosen, else where the reader was, else the item, else the text. */
function base() {
  const spans = current()?.spans ?? [];
  return state.chosen[state.chosen.length - 1] ?? state.cursor?.place ?? spans[0] ?? null;
}

/** @param {Place | null} place */
function choose(place) {
  if (!place) return;
  getSelection()?.removeAllRanges();
  state.chosen = [place];
  state.cursor = { place, item: state.current ?? "" };
  at("spoken").textContent = textOf(place);
  reveal();
  render();
}

/**
 * The word before or after a place, in this paragraph or the next one.
 * @param {Place} place
 * @param {1 | -1} step
 * @returns {Place | null}
 */
function wordFrom(place, step) {
  const lines = allLines();
  for (let number = lines.findIndex((line) => line.id === place.paragraph); lines[number]; number += step) {
    const line = lines[number];
    const isSame = line.id === place.paragraph;
    const words = line.words.filter(
      (word) => !isSame || (step > 0 ? word.start >= place.end : word.end <= place.start),
    );
    const word = step > 0 ? words[0] : words[words.length - 1];
    if (word) return { paragraph: line.id, ...word };
  }
  return null;
}

/**
 * Goes a word on or back.
 * @param {1 | -1} step
 */
export function goByWord(step) {
  const place = base();
  const first = allLines()[0];
  choose(place ? wordFrom(place, step) : first?.words.length ? { paragraph: first.id, ...first.words[0] } : null);
}

/**
 * Goes a line down or up; from the last line of a paragraph into the next.
 * @param {1 | -1} step
 */
export function goByLine(step) {
  const place = base();
  const box = place && rangeOf(place)?.getClientRects()[0];
  if (!place || !box) return goByWord(step);
  const [x, y] = [box.left + box.width / 2, step > 0 ? box.bottom + box.height * 0.9 : box.top - box.height * 0.9];
  const found = letterAt(x, y);
  const word = found && found.line.words.find((one) => one.end > found.point);
  const there = word && { paragraph: found.line.id, ...word };
  const isOn = there && (there.paragraph !== place.paragraph || (there.start - place.start) * step > 0);
  return isOn ? choose(there) : goByParagraph(step);
}

/**
 * Goes to the first word of the next paragraph, or of the one before.
 * @param {1 | -1} step
 */
export function goByParagraph(step) {
  const lines = allLines();
  const place = base();
  const number = place ? lines.findIndex((line) => line.id === place.paragraph) + step : 0;
  const line = lines[number];
  if (line?.words.length) choose({ paragraph: line.id, ...line.words[0] });
}

/**
 * Goes to the first or the last word of the paragraph.
 * @param {boolean} isLast
 */
export function goToEnd(isLast) {
  const line = lineOf(base()?.paragraph ?? allLines()[0]?.id);
  const word = line?.words[isLast ? line.words.length - 1 : 0];
  if (line && word) choose({ paragraph: line.id, ...word });
}

/**
 * Moves the end or the beginning of what is chosen, by a word or a letter.
 * @param {"start" | "end"} edge
 * @param {1 | -1} step
 * @param {boolean} byLetter
 */
export function extend(edge, step, byLetter) {
  const place = base();
  const line = place && lineOf(place.paragraph);
  if (!line) return goByWord(step);
  const edges = byLetter ? letters(line) : line.words.map((word) => word[edge]);
  const now = place[edge];
  const next = step > 0 ? edges.find((one) => one > now) : edges.findLast((one) => one < now);
  const moved = next === undefined ? place : { ...place, [edge]: next };
  choose(moved.start < moved.end ? moved : place);
}

/**
 * Where letters begin and end: never between a letter and its signs.
 * @param {import("./text.js").Line} line
 */
function letters(line) {
  const found = [0];
  for (const { segment } of new Intl.Segmenter("ar", { granularity: "grapheme" }).segment(line.text)) {
    found.push(found[found.length - 1] + [...segment].length);
  }
  return found;
}

/** Looks at the item at the word that is chosen: the smallest, and then the one around it. */
export function lookHere() {
  const place = base();
  if (place) lookAround(place, place.paragraph, place.start);
}

/** @param {MouseEvent} event */
export function lookThere(event) {
  if (!getSelection()?.isCollapsed) return;
  const found = letterAt(event.clientX, event.clientY);
  if (!found) return;
  const { line, point } = found;
  const word = line.words.find((one) => one.start <= point && point <= one.end);
  const place = word ? { paragraph: line.id, ...word } : null;
  state.chosen = [];
  state.cursor = place && { place, item: "" };
  if (place) lookAround(place, line.id, point);
  render();
}

/**
 * @param {Place} place
 * @param {string} paragraph
 * @param {number} point
 */
function lookAround(place, paragraph, point) {
  const there = itemsAt(paragraph, point);
  const next = there[(there.findIndex((/** @type {any} */ one) => one.item === state.current) + 1) % there.length];
  if (!next) return;
  look(next.item);
  state.cursor = { place, item: next.item };
}

/** Chooses what the item stands on, so that it can be made longer or shorter. */
export function chooseItem() {
  const spans = current()?.spans ?? [];
  if (spans.length) choose(spans[0]);
}
