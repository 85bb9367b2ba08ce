/** Where items stand: the span of one, and the pieces of a quote. */

import { overlap, placed, quoteHere, stretch } from "./here.js";
import { titleOf } from "./names.js";
import { setPerson } from "./quotes.js";
import { decide } from "./sending.js";
import { current, render, state, tell } from "./state.js";

/** @typedef {import("./state.js").Place} Place */
/** @typedef {import("./state.js").Item} Item */

export function setSpan() {
  const item = current();
  if (!item) return;
  if (item.kind === "quote") return setPieces(item, state.chosen.map(placed));
  const place = stretch();
  if (!place) return;
  const quote = quoteHere();
  if (quote && item.kind !== "cue") return setPerson(item.kind, { ...quote[item.kind], span: place });
  return put(item, [place]);
}

/**
 * Sets spans; what was chosen for them is not chosen any more then.
 * @param {Item} item
 * @param {Place[]} spans
 */
async function put(item, spans) {
  const { chosen } = state;
  const answer = await decide(`span of ${titleOf(item)}`, { op: "set_spans", item: item.item, spans });
  if (answer && state.chosen === chosen) state.chosen = [];
  render();
}

/**
 * Sets what is chosen in the place of the pieces that it overlaps; of all when it overlaps none.
 * @param {Item} item
 * @param {Place[]} pieces
 */
function setPieces(item, pieces) {
  const others = item.spans.filter((one) => !pieces.some((piece) => overlap(one, piece)));
  const isMoved = others.length === item.spans.length;
  setAll(item, isMoved ? pieces : [...others.map(placed), ...pieces]);
}

export function addPiece() {
  const item = current();
  if (item) setAll(item, [...item.spans.map(placed), ...state.chosen.map(placed)]);
}

export function dropPiece() {
  const item = current();
  const here = state.chosen[0] ?? state.cursor?.place;
  if (!item || !here) return tell("Go to the piece in the text first.", true);
  setAll(item, item.spans.filter((one) => !overlap(one, here)).map(placed));
}

/**
 * @param {Item} item
 * @param {Place[]} spans
 */
function setAll(item, spans) {
  if (!spans.length) return tell("A quote has one piece at least. Reject it to remove it.", true);
  const order = state.article.record.paragraphs.map((/** @type {any} */ one) => one.id);
  spans.sort((one, other) => order.indexOf(one.paragraph) - order.indexOf(other.paragraph) || one.start - other.start);
  return put(item, spans);
}
