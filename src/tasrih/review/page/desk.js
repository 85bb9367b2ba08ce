/** The page of the desk: what is drawn, what is listened to, and where it begins. */

import { drawList, openArticle, openNext, showList } from "./articles.js";
import { commands } from "./commands.js";
import { lookThere } from "./cursor.js";
import { drawGuide, hideGuide, openGuide, showGuide } from "./guide.js";
import { help, showLog } from "./help.js";
import { drawItems, drawProgress, startItems } from "./items.js";
import { press } from "./keys.js";
import { at, button, fill, make } from "./making.js";
import { commandButton, drawPanel, sectionOf, startPanel } from "./panel.js";
import { confirm, repeat } from "./sending.js";
import { onLost, Refusal } from "./server.js";
import { current, draw, itemOf, look, render, state, tell } from "./state.js";
import { drawText, followSelection, reveal } from "./text.js";

/** @typedef {import("./commands.js").Command} Command */

const anArticle = () => state.article !== null;

/** @type {Command[]} */
const GENERAL = [
  { key: "?", label: "keys", group: "Go", run: () => help(GENERAL) },
  { key: "o", label: "articles", group: "Go", run: showList },
  {
    key: "]",
    label: "next article",
    short: "next",
    group: "Go",
    when: anArticle,
    run: () => openNext(state.article.key),
  },
  {
    key: "[",
    label: "article before",
    short: "before",
    group: "Go",
    when: anArticle,
    run: () => openNext(state.article.key, -1),
  },
  { key: "l", label: "log of decisions", short: "log", group: "Go", when: anArticle, run: showLog },
  { key: "g", label: "guideline, shown or hidden", short: "guideline", group: "Go", when: anArticle, run: toggleGuide },
  {
    key: "f",
    label: "filters of the list",
    short: "filters",
    group: "Go",
    when: anArticle,
    run: () => at("only-kind").focus(),
  },
];

function toggleGuide() {
  const item = current();
  if (state.guide) return hideGuide();
  return openGuide(item ? sectionOf(item) : "4-quotes");
}

function drawTools() {
  fill(at("tools"), GENERAL.filter((one) => !one.when || one.when()).map(commandButton));
}

function drawState() {
  const shown = at("state");
  const made = make("span", {}, state.isLost ? "" : state.told.text).textContent ?? "";
  if (shown.textContent !== made) shown.textContent = made;
  shown.classList.toggle("bad", state.told.isBad);
  at("desk").setAttribute("aria-busy", String(state.waiting.length > 0));
}

let alerted = "";

/** What is in the way: a desk that does not answer, changes that could not be made. */
function drawAlert() {
  const kept = state.kept.map((one) => one.label).join("; ");
  const wanted = state.isLost ? `lost ${state.waiting.length}` : kept;
  if (wanted === alerted) return;
  alerted = wanted;
  if (state.isLost) {
    const many = state.waiting.length;
    const what = many
      ? `${many === 1 ? "Your change is" : `Your ${many} changes are`} kept here, and made when it is back.`
      : "It is asked again until it does.";
    return at("alert").replaceChildren(
      make(
        "p",
        {},
        `The desk does not answer. Was it stopped? ${what} To start it: tasrih review, with the same folder.`,
      ),
    );
  }
  if (!kept) return at("alert").replaceChildren();
  const leave = () => {
    state.kept = [];
    render();
  };
  at("alert").replaceChildren(
    make(
      "p",
      {},
      `Not made, as the file was changed meanwhile: ${kept}. `,
      button("Make it now", repeat),
      " ",
      button("Leave it", leave),
    ),
  );
}

let revealed = "";

/**
 * Sets the address: of another article as one more in the browser's history, so that it leads back.
 * @param {string} wanted
 */
function goTo(wanted) {
  const isSame = location.hash.slice(1).split("/")[0] === state.article.key;
  history[isSame ? "replaceState" : "pushState"](null, "", wanted);
}

/** Follows the item in the text, in the list and in the address. */
function follow() {
  if (!state.article) return;
  const wanted = `#${state.article.key}/${encodeURIComponent(state.current ?? "")}`;
  if (location.hash !== wanted) goTo(wanted);
  if (wanted === revealed) return;
  revealed = wanted;
  reveal();
  at("side").scrollTop = 0; // where it scrolls as a whole: on a narrow window
  const list = at("items");
  const row = /** @type {HTMLElement | null} */ (list.querySelector("[aria-current]"));
  if (row && list.scrollHeight > list.clientHeight) list.scrollTop = row.offsetTop - list.clientHeight / 3;
  const item = current();
  if (item && (state.guide || item.kind === "difference"))
    showGuide(item.kind === "difference" ? (item.value.guide.rules[0] ?? sectionOf(item)) : sectionOf(item)).catch(
      failed,
    );
}

/** @param {any} error */
function failed(error) {
  if (!(error instanceof Refusal)) throw error;
  tell(error.message, true);
}

/**
 * Lets a command be seen to the end, and then goes on: after a confirmed article comes the next.
 * @param {Command[]} list
 */
function watch(list) {
  for (const command of list) {
    const run = command.run;
    command.run = () => Promise.resolve().then(run).catch(failed);
  }
}

async function confirmed() {
  const key = state.article.key;
  const answer = await confirm();
  if (!answer?.moved) return;
  tell([`Confirmed: ${answer.moved}.`, ...(answer.told ?? [])].join(" "));
  await openNext(key);
}

/** What sticks below the header and the alert begins where they end, however many rows they take. */
function leaveRoom() {
  for (const name of ["top", "alert"]) {
    document.documentElement.style.setProperty(`--${name}`, `${at(name).offsetHeight}px`);
  }
}

function start() {
  const confirming = commands.articles.find((one) => one.key === "ctrl+enter");
  if (confirming) confirming.run = confirmed;
  Object.values(commands).concat([GENERAL]).forEach(watch);
  draw(drawList, drawText, drawPanel, drawItems, drawProgress, drawTools, drawGuide, drawState, drawAlert, follow);
  startItems();
  startPanel();
  onLost((isLost) => {
    state.isLost = isLost;
    render();
  });
  document.addEventListener("keydown", (event) => press(event, GENERAL));
  document.addEventListener("selectionchange", followSelection);
  window.addEventListener("beforeunload", (event) => {
    if (state.waiting.length || state.kept.length) event.preventDefault(); // the browser asks before it leaves
  });
  at("text").addEventListener("click", lookThere);
  const resized = new ResizeObserver(leaveRoom);
  ["top", "alert"].forEach((name) => resized.observe(at(name)));
  window.addEventListener("popstate", () => begin().catch(failed));
  begin().catch(failed);
}

/** Goes where the address says: to an item of an article, or else to the list. */
async function begin() {
  const [key, item] = location.hash.slice(1).split("/");
  if (!key) return showList();
  try {
    const name = decodeURIComponent(item ?? "");
    if (state.article?.key !== key) await openArticle(key, name);
    else if (itemOf(name)) look(name);
  } catch {
    history.replaceState(null, "", location.pathname);
    await showList(); // the article is gone, or no name stands there
  }
}

start();
