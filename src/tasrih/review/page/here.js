/** What a decision is about: the item that is looked at, and what is chosen in the text. */

import { current, held, isDone, itemOf, look, state, tell } from "./state.js";

/** @typedef {import("./state.js").Place} Place */
/** @typedef {import("./state.js").Item} Item */

export const quoteHere = () => {
  const id = current()?.of;
  return id?.startsWith("q") ? held(id) : null;
};
export const is = (/** @type {string[]} */ ...kinds) => kinds.includes(current()?.kind ?? "");
export const chosen = () => state.chosen.length > 0;
export const isOpen = () => {
  const item = current();
  return item && !isDone(item);
};

/** @param {Place} place */
export const placed = ({ paragraph, start, end }) => ({ paragraph, start, end });

/** The one stretch that is chosen; says so and gives null when it is none, or several. */
export function stretch() {
  if (state.chosen.length === 1) return placed(state.chosen[0]);
  tell(chosen() ? "This stands in one paragraph. Choose words of one." : "Choose words in the text first.", true);
  return null;
}

/**
 * @param {Place} one
 * @param {Place} other
 */
export const overlap = (one, other) =>
  one.paragraph === other.paragraph && one.start < other.end && other.start < one.end;

/** @param {any} answer */
export function lookAtNew(answer) {
  const item = itemOf(answer?.decided?.[0] ?? null);
  if (item) look(item.item);
  return item;
}
