/**
 * What the page shows. Whoever changes it calls `render`, and all that is shown is drawn anew.
 *
 * @typedef {{paragraph: string, start: number, end: number}} Place offsets in code points
 * @typedef {{item: string, kind: string, of: string, at: string, value: any, spans: Place[], decided: boolean,
 *   confidence: number | null, rule: string | null}} Item
 */

export const state = {
  /** @type {any[]} */
  articles: [],
  total: 0,
  reader: "",
  /** @type {any} the article as the desk told it last, or null while the list is shown */
  article: null,
  /** @type {string | null} the name of the item that is looked at */
  current: null,
  onlyOpen: true,
  onlyKind: "",
  /** @type {Place[]} what the reader has chosen in the text: a stretch of each paragraph that it runs over */
  chosen: [],
  /** @type {{place: Place, item: string} | null} where the next arrow key begins */
  cursor: null,
  why: "",
  /** @type {any[]} changes that were made here, and that the desk has not answered yet */
  waiting: [],
  /** @type {any[]} changes that could not be made because the file is another one */
  kept: [],
  isLost: false,
  /** @type {{text: string, isBad: boolean}} what a change did */
  told: { text: "", isBad: false },
  /** @type {string | null} the anchor or the rule of the guidelines that is shown beside */
  guide: null,
};

/** @type {(() => void)[]} */
const views = [];
let isDue = false;

/** @param {...(() => void)} more */
export const draw = (...more) => views.push(...more);

export function render() {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    views.forEach((view) => view());
  });
}

/**
 * A view that draws only when what it draws is another: long lists need not be made anew at every key.
 * @param {() => any[]} inputs
 * @param {() => void} view
 */
export function whenChanged(inputs, view) {
  /** @type {any[]} */
  let last = [];
  return () => {
    const now = inputs();
    const isSame = now.length === last.length && now.every((one, number) => one === last[number]);
    last = now;
    if (!isSame) view();
  };
}

/**
 * Tells the reader what became of something.
 * @param {string} text
 */
export function tell(text, isBad = false) {
  state.told = { text, isBad };
  render();
}

/** @returns {Item | null} */
export const current = () => itemOf(state.current);

/**
 * @param {string | null} name
 * @returns {Item | null}
 */
export const itemOf = (name) => state.article?.items.find((/** @type {Item} */ one) => one.item === name) ?? null;

/** @param {string} id of a quote, a term or an entity */
export function held(id) {
  const lists = /** @type {Record<string, string>} */ ({ q: "quotes", t: "terms", e: "entities", p: "paragraphs" });
  return state.article?.record[lists[id?.[0]]]?.find((/** @type {any} */ one) => one.id === id) ?? null;
}

/** @param {string | undefined} id of an entity */
export const nameOf = (id) => (id ? (held(id)?.name ?? id) : "");

/** @param {string} item */
export const isWaiting = (item) => state.waiting.some((one) => one.items.includes(item));

/** @returns {Item[]} the items that the filters let through, and the one that is looked at, as they are to be decided */
export function listed() {
  const items = /** @type {Item[]} */ (state.article?.items ?? []);
  return items.filter((one) => one.item === state.current || isLetThrough(one));
}

/** @param {Item} one whether the filters let it through */
export const isLetThrough = (one) =>
  (!state.onlyKind || one.kind === state.onlyKind) && (!state.onlyOpen || !isDone(one) || isWrong(one.item));

/** @param {Item} one */
export const isDone = (one) => one.decided || isWaiting(one.item) || isWaiting(one.of);

/** @param {string} item */
export const findingsOf = (item) =>
  (state.article?.findings ?? []).filter((/** @type {any} */ one) => one.item === item);

/** @param {string} item */
const isWrong = (item) => findingsOf(item).some((/** @type {any} */ one) => one.severity === "error");

/** @param {string | null} item the one that is looked at from now on */
export function look(item) {
  state.current = item;
  state.chosen = [];
  state.cursor = null;
  render();
}

/** Looks at the next open item behind one, or at the first. */
export function lookOn(after = state.current) {
  const list = listed();
  const place = list.findIndex((one) => one.item === after);
  const others = [...list.slice(place + 1), ...list.slice(0, Math.max(place, 0))];
  const next = others.find((one) => !isDone(one)) ?? others.find((one) => isWrong(one.item));
  look(next?.item ?? null);
}
