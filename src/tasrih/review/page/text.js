/**
 * The text of the article: a paragraph is one text node, so that letters join and offsets are exact. What is marked is
 * marked by the CSS Custom Highlight API, which changes no element.
 */

import { at, button, fill, make, shown } from "./making.js";
import { toPoint, toUnit, unitsOf, wordsOf } from "./offsets.js";
import { TYPES } from "./names.js";
import { current, itemOf, look, render, state, whenChanged } from "./state.js";

/** @typedef {import("./state.js").Place} Place */
/** @typedef {{id: string, text: string, node: Text, units: number[] | null, notes: HTMLElement,
 *   words: {start: number, end: number}[]}} Line */

/** The marks, from the lowest to the highest. */
const MARKS = [
  "direct",
  "partial",
  "indirect",
  "unmarked",
  "inner",
  "term",
  "entity",
  "cue",
  "speaker",
  "addressee",
  "lit",
  "ours",
  "theirs",
  "both",
  "wrong",
  "chosen",
];

/** @type {Line[]} */
let lines = [];
let drawn = "";
const HEADER = 80; // pixels at the top of the window that may be covered; on a phone its lower half is

/** @param {string} id */
export const lineOf = (id) => lines.find((line) => line.id === id) ?? null;
export const allLines = () => lines;

/** Draws the text anew if it is another one, and all marks. */
export function drawText() {
  at("desk").hidden = !state.article;
  if (!state.article) return;
  drawParagraphs();
  drawMarks();
  drawOwnMarks();
}

const drawParagraphs = whenChanged(
  () => [state.article],
  () => {
    const paragraphs = state.article.record.paragraphs;
    const wanted = JSON.stringify([state.article.key, paragraphs]);
    if (wanted !== drawn) {
      drawn = wanted;
      lines = paragraphs.map(lineFor);
      at("text").replaceChildren(...lines.map((line, number) => rowOf(line, paragraphs[number])));
    }
    lines.forEach(drawNotes);
  },
);

const drawMarks = whenChanged(
  () => [state.article],
  () => mark(marked()),
);
const drawOwnMarks = whenChanged(
  () => [state.article, state.current, state.chosen],
  () => mark(ownMarks()),
);

/** @param {Record<string, Place[]>} places */
function mark(places) {
  for (const [name, found] of Object.entries(places)) {
    const highlight = new Highlight(...found.map(rangeOf).filter((range) => range !== null));
    highlight.priority = MARKS.indexOf(name);
    CSS.highlights.set(name, highlight);
  }
}

/**
 * @param {any} paragraph
 * @returns {Line}
 */
function lineFor(paragraph) {
  const text = shown(paragraph.text);
  const units = unitsOf(text);
  const notes = make("ul", { class: "notes", lang: "en", dir: "ltr" });
  return { id: paragraph.id, text, node: document.createTextNode(text), units, notes, words: wordsOf(text, units) };
}

/**
 * @param {Line} line
 * @param {any} paragraph
 */
function rowOf(line, paragraph) {
  const name = paragraph.role === "body" ? paragraph.id : `${paragraph.id} ${paragraph.role}`;
  const words = make("p", { class: "line", "data-paragraph": line.id }, line.node);
  const label = make("span", { class: "place", lang: "en", dir: "ltr" }, name);
  return make("div", { class: `paragraph ${paragraph.role}` }, label, words, line.notes);
}

/** @param {Line} line */
function drawNotes(line) {
  const found = state.article.findings.filter(
    (/** @type {any} */ one) => one.item === line.id || itemOf(one.item)?.spans[0]?.paragraph === line.id,
  );
  fill(line.notes, found.map(note));
  line.notes.hidden = found.length === 0;
}

/** @param {any} finding */
function note(finding) {
  const go = itemOf(finding.item) && button(finding.item, () => look(finding.item), { class: "link" });
  return make("li", { class: finding.severity }, go, ` ${finding.code} ${finding.severity}: ${finding.message}`);
}

/**
 * The range of a place; null for a place that is none of the text.
 * @param {Place} place
 */
export function rangeOf(place) {
  const line = lineOf(place.paragraph);
  if (!line || place.start < 0 || place.start >= place.end) return null;
  const [start, end] = [toUnit(place.start, line.units), toUnit(place.end, line.units)];
  if (end > line.node.length) return null;
  const range = document.createRange();
  range.setStart(line.node, start);
  range.setEnd(line.node, end);
  return range;
}

/** @returns {Record<string, Place[]>} the places of what the record says */
function marked() {
  const { record, items, findings } = state.article;
  /** @type {Record<string, Place[]>} */
  const places = {
    inner: record.quotes
      .filter((/** @type {any} */ quote) => quote.parent)
      .flatMap((/** @type {any} */ quote) => quote.spans),
    term: record.terms.map((/** @type {any} */ term) => term.span),
    wrong: findings.flatMap((/** @type {any} */ finding) => itemOf(finding.item)?.spans ?? []),
  };
  for (const type of TYPES) {
    places[type] = record.quotes
      .filter((/** @type {any} */ one) => one.type === type)
      .flatMap((/** @type {any} */ one) => one.spans);
  }
  for (const kind of ["cue", "speaker", "addressee", "mention"]) {
    const found = items.filter((/** @type {any} */ item) => item.kind === kind);
    places[kind === "mention" ? "entity" : kind] = found.flatMap((/** @type {any} */ item) => item.spans);
  }
  return places;
}

/** @returns {Record<string, Place[]>} those of the item that is looked at, and of what is chosen */
function ownMarks() {
  const one = current();
  const isDifference = one?.kind === "difference";
  const ours = isDifference ? (one.value.ours?.places ?? []) : [];
  const theirs = isDifference ? (one.value.theirs?.places ?? []) : [];
  const both = ours.flatMap((/** @type {Place} */ place) =>
    theirs.flatMap((/** @type {Place} */ other) => common(place, other)),
  );
  return { lit: one && !isDifference ? one.spans : [], ours, theirs, both, chosen: state.chosen };
}

/**
 * What two places have in common.
 * @param {Place} one
 * @param {Place} other
 * @returns {Place[]}
 */
function common(one, other) {
  const [start, end] = [Math.max(one.start, other.start), Math.min(one.end, other.end)];
  return one.paragraph === other.paragraph && start < end ? [{ ...one, start, end }] : [];
}

/** Brings what is looked at into view. */
export function reveal() {
  const one = current();
  const places = state.chosen.length ? state.chosen : one?.spans.length ? one.spans : spansOfQuote(one);
  const range = places.length ? rangeOf(places[0]) : null;
  if (!range) return;
  const box = range.getBoundingClientRect();
  if (box.top >= HEADER && box.bottom <= innerHeight / 2) return;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: box.top - innerHeight * 0.25, behavior: isStill ? "instant" : "smooth" });
}

/**
 * Those of the quote that a part belongs to, where that stands nowhere itself.
 * @param {import("./state.js").Item | null} one
 */
const spansOfQuote = (one) => (one && one.of !== one.item ? (itemOf(one.of)?.spans ?? []) : []);

/**
 * Takes what the mouse or the browser's own keys have selected as what is chosen. It begins in the text, and may end
 * behind it: a third click on the last paragraph selects to where the next words of the page are.
 */
export function followSelection() {
  const selection = getSelection();
  if (!selection?.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (range.collapsed || !at("text").contains(range.startContainer)) return;
  const chosen = lines.flatMap((line) => pieceOf(line, range));
  if (!chosen.length) return;
  state.chosen = chosen;
  state.cursor = { place: chosen[chosen.length - 1], item: state.current ?? "" };
  render();
}

/**
 * What a range has of a paragraph, without white space at its ends.
 * @param {Line} line
 * @param {Range} range
 * @returns {Place[]}
 */
function pieceOf(line, range) {
  if (!range.intersectsNode(line.node)) return [];
  const start = range.startContainer === line.node ? range.startOffset : 0;
  const end = range.endContainer === line.node ? range.endOffset : line.node.length;
  const text = line.text.slice(start, end);
  const [from, to] = [start + text.length - text.trimStart().length, end - (text.length - text.trimEnd().length)];
  if (from >= to) return [];
  return [{ paragraph: line.id, start: toPoint(from, line.units), end: toPoint(to, line.units) }];
}

/**
 * The place that a point of the window is on: a letter of the text, or null.
 * @param {number} x
 * @param {number} y
 */
export function letterAt(x, y) {
  const found = document.caretPositionFromPoint?.(x, y);
  const line = found && lines.find((one) => one.node === found.offsetNode);
  return line ? { line, point: toPoint(found.offset, line.units) } : null;
}

/**
 * The items at a letter, the shortest first.
 * @param {string} paragraph
 * @param {number} point
 */
export function itemsAt(paragraph, point) {
  const length = (/** @type {any} */ item) =>
    Math.min(...covering(item).map((/** @type {Place} */ one) => one.end - one.start));
  const covering = (/** @type {any} */ item) =>
    item.spans.filter(
      (/** @type {Place} */ one) => one.paragraph === paragraph && one.start <= point && point < one.end,
    );
  return state.article.items
    .filter((/** @type {any} */ item) => item.kind !== "entity" && covering(item).length)
    .sort((/** @type {any} */ one, /** @type {any} */ other) => length(one) - length(other));
}

/** @param {Place} place */
export function textOf(place) {
  const line = lineOf(place.paragraph);
  return line ? line.text.slice(toUnit(place.start, line.units), toUnit(place.end, line.units)) : "";
}
