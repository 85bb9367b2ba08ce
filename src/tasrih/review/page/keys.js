/** Keys by what is printed on them, whichever letters the keyboard is set to: the key of n is n on an Arabic one too. */

import { commands } from "./commands.js";
import { at } from "./making.js";
import { setByNumber } from "./sorts.js";
import { state } from "./state.js";

const STORED = "tasrih-single-keys";
const LATIN = /^[a-z0-9]$/i;
const OWN = /^[+?.[\] -]$/; // signs that are keys of the page
/** @type {Record<string, string>} what is printed on keys of signs, without and with Shift */
const SIGNS = { Period: ".>", BracketLeft: "[{", BracketRight: "]}", Minus: "-_", Equal: "=+", Slash: "/?" };

export const areOn = () => localStorage.getItem(STORED) !== "off";

/** @param {boolean} on whether letters and digits do something without Ctrl */
export const setOn = (on) => localStorage.setItem(STORED, on ? "on" : "off");

/** @param {KeyboardEvent} event */
export function keyOf(event) {
  const printed = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] ?? SIGNS[event.code]?.[event.shiftKey ? 1 : 0];
  const isOther = event.key.length === 1 && !LATIN.test(event.key) && !OWN.test(event.key);
  const key = (isOther && printed ? printed : event.key).toLowerCase();
  if (key === "?") return key;
  const isSign = key.length === 1 && !LATIN.test(key);
  const held = [
    event.ctrlKey || event.metaKey ? "ctrl" : "",
    event.altKey ? "alt" : "",
    event.shiftKey && !isSign ? "shift" : "",
  ];
  return [...held, key].filter(Boolean).join("+");
}

/**
 * How a key is shown.
 * @param {string} key
 */
export const keyName = (key) =>
  key
    .split("+")
    .filter(Boolean)
    .map((part) => NAMES[part] ?? part)
    .join(" ") || key;

/** @type {Record<string, string>} */
const NAMES = {
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  ctrl: "Ctrl",
  alt: "Alt",
  shift: "Shift",
  enter: "Enter",
  escape: "Esc",
  home: "Home",
  end: "End",
};

/**
 * Does what a key stands for.
 * @param {KeyboardEvent} event
 * @param {import("./commands.js").Command[]} general those that need no article
 */
export function press(event, general) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const key = keyOf(event);
  if (target.matches("input, select") && key === "escape") return at("text").focus({ preventScroll: true });
  if (target.matches("input[type=text], select")) return;
  if (key.length === 1 && !areOn() && key !== "?") return;
  if (isOfElement(target, key)) return;
  const command = found(key, general);
  if (!command && !(state.article && /^[0-9]$/.test(key))) return;
  event.preventDefault();
  if (command) command.run();
  else setByNumber(key);
}

/**
 * @param {string} key
 * @param {import("./commands.js").Command[]} general
 */
function found(key, general) {
  const all = [...general, ...(state.article ? [...commands.items, ...commands.articles, ...commands.text] : [])];
  return all.find((one) => one.key === key && (!one.when || one.when()));
}

/**
 * Whether a key is for the element that has the focus, not for the text.
 * @param {HTMLElement} target
 * @param {string} key
 */
function isOfElement(target, key) {
  if (key === "enter" || key === " ") return target.matches("button, a, input, summary");
  const isMove = /^(?:arrow(?:up|down)|home|end)$/.test(key);
  return isMove && target.closest("#guide, #items, #articles") !== null;
}
