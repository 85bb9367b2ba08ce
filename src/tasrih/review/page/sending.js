/** Decisions on their way to the desk: one after another, each on the version that the one before it made. */

import { ask, Refusal } from "./server.js";
import { itemOf, look, lookOn, render, state, tell } from "./state.js";

/** @type {Promise<any>} */
let last = Promise.resolve();
/** @type {Map<string, string>} versions by the keys of articles */
const versions = new Map();

/**
 * Reads an article and shows it.
 * @param {string} key
 * @param {string | null} item
 */
export async function open(key, item = null) {
  take(await ask(`article?key=${encodeURIComponent(key)}`));
  state.kept = [];
  look(itemOf(item)?.item ?? null);
  if (!state.current) lookOn();
}

/**
 * Sends a decision when those before it are answered. Gives the answer, or null when it was not made.
 * @param {string} label what it does, for the reader
 * @param {object} change
 * @param {string[]} items that count as decided at once
 */
export function decide(label, change, items = []) {
  return send({ label, path: "change", body: { change, why: state.why }, items });
}

/**
 * Takes back a decision of the log, or the last one that stands.
 * @param {number} [number]
 */
export const undo = (number) =>
  send({ label: "undo", path: "undo", body: number ? { number, why: state.why } : { why: state.why }, items: [] });

/** Makes a record of the draft. */
export const confirm = () => send({ label: "confirm", path: "confirm", body: {}, items: [] });

/** Makes once more what could not be made because the file was another one. */
export function repeat() {
  const again = state.kept;
  state.kept = [];
  again.forEach(send);
}

/** @param {any} wanted */
function send(wanted) {
  const one = { key: state.article.key, look: state.current, ...wanted };
  if (one.path !== "confirm") state.why = "";
  state.waiting.push(one);
  render();
  last = last.then(() => run(one));
  return last;
}

/** @param {any} one */
async function run(one) {
  if (!state.waiting.includes(one)) return null; // one before it was refused
  try {
    const body = { ...one.body, key: one.key, version: versions.get(one.key) };
    const answer = await ask(one.path, body);
    state.waiting.shift();
    if (!answer.moved) take(answer, one);
    return answer;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return await refused(one, error);
  } finally {
    render();
  }
}

/**
 * Shows an answer, unless its reader looks at another article by now.
 * @param {any} answer
 * @param {any} [one] what it answers
 */
function take(answer, one) {
  versions.set(answer.key, answer.version);
  if (one && state.article?.key !== answer.key) return;
  state.article = answer;
  if (!one) return;
  if (state.current && !itemOf(state.current)) state.current = answer.decided[0] ?? null;
  if (state.current && !itemOf(state.current)) state.current = null;
  tell([`${sentence(one.label)}.`, ...(answer.told ?? []), summary(answer)].join(" "));
}

/** @param {any} article */
function summary(article) {
  const errors = article.findings.filter((/** @type {any} */ one) => one.severity === "error").length;
  const wrong = errors ? ` ${errors} ${errors === 1 ? "error" : "errors"}.` : "";
  return `${article.open} open.${wrong}`;
}

/** @param {string} label */
const sentence = (label) => label[0].toUpperCase() + label.slice(1);

/**
 * @param {any} one
 * @param {Refusal} error
 */
async function refused(one, error) {
  const left = state.waiting.splice(0);
  if (error.status === 409) return await stale(left, error);
  if (error.status === 404 && error.repeated && one.path === "confirm") return { moved: "the corpus" }; // done before it was lost
  if (one.body.why && !state.why) state.why = one.body.why;
  const others = left.length > 1 ? ` ${left.length - 1} decisions after it were not made either.` : "";
  if (itemOf(one.look)) look(one.look);
  tell(`Not done (${one.label}): ${error.message}${others}`, true);
  return null;
}

/**
 * The file is another one by now. It is read again; what was to be changed is kept for the reader to say.
 * @param {any[]} left
 * @param {Refusal} error
 */
async function stale(left, error) {
  const [one] = left;
  const before = versions.get(one.key);
  const key = encodeURIComponent(one.key);
  const fresh = await ask(`article?key=${key}`);
  const { entries } = error.repeated ? await ask(`log?key=${key}`) : { entries: [] };
  take(fresh);
  const made = error.repeated && entries.some((/** @type {any} */ entry) => isSame(entry, before, one));
  const since = state.waiting.splice(0); // what the reader did while the file was read
  if (!itemOf(state.current)) look(itemOf(one.look)?.item ?? null);
  if (made) {
    tell(`${sentence(one.label)}: the desk had done it before it was lost. ${summary(fresh)}`);
    [...left.slice(1), ...since].forEach(send);
    return fresh;
  }
  tell(
    "The file was changed meanwhile by another desk, an editor or git. It was read again, and nothing was lost.",
    true,
  );
  state.kept = [...left, ...since];
  return null;
}

/**
 * Whether a decision of the log is the one that got no answer.
 * @param {any} entry
 * @param {string | undefined} before
 * @param {any} one
 */
function isSame(entry, before, one) {
  if (entry.before !== before) return false;
  return one.path === "undo" ? entry.change.op === "undo" : canonical(entry.change) === canonical(one.body.change);
}

/**
 * JSON with its keys in one order, without what is null.
 * @param {any} value
 * @returns {string}
 */
function canonical(value) {
  return JSON.stringify(value, (_, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, one]) => one !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
}
