/** The articles of the folder: how far each has come, and the next one. */

import { at, button, fill, make } from "./making.js";
import { open } from "./sending.js";
import { ask } from "./server.js";
import { render, state, tell } from "./state.js";

/** Reads the list anew, as far as it was shown. */
export async function readList() {
  const wanted = Math.max(state.articles.length, 1);
  state.articles = [];
  do await readMore();
  while (state.articles.length < Math.min(wanted, state.total));
}

async function readMore() {
  const told = await ask(`articles?start=${state.articles.length}`);
  state.total = told.total;
  state.reader = told.reader;
  if (told.start === state.articles.length) state.articles.push(...told.articles);
  render();
}

/** Shows the list in the place of an article. */
export async function showList() {
  await readList();
  state.article = null;
  if (location.hash) history.pushState(null, "", location.pathname);
  at("empty").hidden = state.articles.length > 0;
  render();
  queueMicrotask(() => {
    const first = state.articles.find(isLeft);
    const target = first && at("articles").querySelector(`[data-focus="article ${first.key}"]`);
    /** @type {HTMLElement} */ (target ?? at("list")).focus();
  });
}

/** @param {any} article whether something is to be done with it */
const isLeft = (article) => !article.error && (article.open > 0 || article.status === "draft");

/**
 * Opens an article, with the focus on the text.
 * @param {string} key
 * @param {string | null} item
 */
export async function openArticle(key, item = null) {
  const told = state.told;
  await open(key, item);
  state.told = told.text ? told : { text: "Press ? for all keys.", isBad: false };
  if (state.article.trouble) tell(state.article.trouble, true);
  else if (state.article.alone) tell("This article has no second reading: no file there has its name.", true);
  else if (state.article.torn)
    tell(
      "The log of decisions has a torn last line: a desk was killed while it wrote it. The next decision puts it aside.",
      true,
    );
  render();
  at("text").focus({ preventScroll: true });
}

/**
 * Opens the next article that has something to decide; shows the list when there is none.
 * @param {string} key of the one before
 * @param {1 | -1} step
 */
export async function openNext(key, step = 1) {
  const before = state.articles.findIndex((one) => one.key === key);
  await readList();
  while (state.articles.length < state.total && !state.articles.slice(before).some(isLeft)) await readMore();
  const isThere = state.articles[before]?.key === key;
  const start = step > 0 ? before + (isThere ? 1 : 0) : before - 1;
  const ring = [...state.articles.slice(Math.max(start, 0)), ...state.articles.slice(0, Math.max(start, 0))];
  const next = (step > 0 ? ring : ring.reverse()).find((one) => isLeft(one) && one.key !== key);
  if (next) return openArticle(next.key);
  if (!isThere) tell(`${state.told.text} Nothing is left to decide.`);
  return isThere ? tell("There is no other article to decide.") : showList();
}

export function drawList() {
  at("list").hidden = state.article !== null;
  if (state.article) return;
  fill(at("articles"), state.articles.map(row));
  const more = /** @type {HTMLButtonElement} */ (at("more"));
  more.hidden = state.articles.length >= state.total;
  more.onclick = () => readMore();
}

/** @param {any} article */
function row(article) {
  if (article.error) {
    return make(
      "li",
      { class: "error" },
      make("bdi", {}, article.file),
      make("p", {}, `cannot be reviewed: ${article.error}`),
    );
  }
  const done = article.items - article.open;
  const progress = /** @type {HTMLProgressElement} */ (
    make("progress", { max: Math.max(article.items, 1), value: done, "aria-hidden": "true" })
  );
  const told = article.open
    ? `${done} of ${article.items} decided`
    : article.status === "draft"
      ? "all decided, to be confirmed"
      : "nothing is open";
  const label = make(
    "span",
    {},
    make("bdi", { lang: "ar" }, article.title),
    make("br"),
    make("span", { class: "faint" }, make("bdi", {}, article.file), ` · ${article.status} · ${told} `),
    progress,
  );
  return make(
    "li",
    {},
    button(label, () => openArticle(article.key), {
      "data-focus": `article ${article.key}`,
      class: article.open ? "item" : "item done",
    }),
  );
}
