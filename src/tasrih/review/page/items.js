/** The list of items, as they are to be decided, and how far the reader has come. */

import { arabic, at, button, fill, make } from "./making.js";
import { KINDS, sortOf, titleOf, wordsOf } from "./names.js";
import {
  current,
  findingsOf,
  isDone,
  isLetThrough,
  isWaiting,
  listed,
  look,
  render,
  state,
  whenChanged,
} from "./state.js";

const MOST = 400; // that are drawn; of more the list begins with those that are to be decided first

/** The list is made anew when its rows are others; which of them is looked at is a mark on one. */
function inputs() {
  const item = current();
  const beside = item && !isLetThrough(item) ? item.item : null;
  return [state.article, state.onlyOpen, state.onlyKind, state.waiting.length, beside];
}

const drawRows = whenChanged(inputs, () => {
  if (!state.article) return;
  const list = listed();
  fill(at("items"), list.slice(0, MOST).map(row));
  const rest = list.length - MOST;
  if (rest > 0) at("items").append(make("li", { class: "faint" }, `and ${rest} more`));
});

export function drawItems() {
  drawRows();
  for (const row of at("items").children) {
    const isCurrent = /** @type {HTMLElement} */ (row).dataset.item === state.current;
    if (isCurrent) row.firstElementChild?.setAttribute("aria-current", "true");
    else row.firstElementChild?.removeAttribute("aria-current");
  }
}

/** @param {import("./state.js").Item} item */
function row(item) {
  const words = wordsOf(item);
  const label = make(
    "span",
    {},
    make("b", {}, titleOf(item)),
    make("span", { class: "faint" }, ` ${sortOf(item)} ${sureness(item)}`),
    make("br"),
    arabic(words.length > 90 ? `${words.slice(0, 90)}…` : words),
  );
  const wrong = findingsOf(item.item).length ? "wrong" : "";
  const done = isDone(item) ? "done" : "";
  const made = button(label, () => look(item.item), {
    "data-focus": `item ${item.item}`,
    class: `item ${wrong} ${done}`,
  });
  return make("li", { "data-item": item.item }, made);
}

/** @param {import("./state.js").Item} item */
function sureness(item) {
  if (isWaiting(item.item)) return "· on its way";
  if (item.decided) return "· decided";
  return !item.confidence ? "" : `· ${Math.round(item.confidence * 100)} %`;
}

export function drawProgress() {
  const article = state.article;
  at("progress").hidden = !article;
  at("heading").hidden = !article;
  document.title = article ? `${article.open} open · ${article.record.id}` : "Review desk";
  if (!article) return;
  const bar = /** @type {HTMLProgressElement} */ (at("bar"));
  bar.max = Math.max(article.items.length, 1);
  bar.value = article.items.length - article.open;
  const onTheWay = state.waiting.length ? `, ${state.waiting.length} on the way` : "";
  at("count").textContent = `${article.items.length - article.open} of ${article.items.length} decided${onTheWay}`;
  const title = make("span", {}, article.record.paragraphs[0].text);
  at("title").replaceChildren(...title.childNodes);
  const file = make("span", {}, article.file);
  at("file").replaceChildren(...file.childNodes);
}

/** The filters, and the arrow keys in the list. */
export function startItems() {
  const open = /** @type {HTMLInputElement} */ (at("only-open"));
  const kind = /** @type {HTMLSelectElement} */ (at("only-kind"));
  kind.append(...KINDS.map((one) => make("option", { value: one }, one)));
  open.addEventListener("change", () => {
    state.onlyOpen = open.checked;
    render();
  });
  kind.addEventListener("change", () => {
    state.onlyKind = kind.value;
    render();
  });
  for (const list of [at("items"), at("articles")]) list.addEventListener("keydown", walk);
}

/**
 * Moves the focus in a list.
 * @param {KeyboardEvent} event
 */
function walk(event) {
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const buttons = [...list.querySelectorAll("button")];
  const place = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const places = /** @type {Record<string, number>} */ ({
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    Home: 0,
    End: buttons.length - 1,
  });
  const next = buttons[places[event.key]];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
