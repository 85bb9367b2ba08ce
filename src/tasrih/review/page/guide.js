/** The guidelines beside the text: the section that decides what is looked at. */

import { at, button, make } from "./making.js";
import { ask } from "./server.js";
import { render, state } from "./state.js";

/** @typedef {string | [string, ...any[]]} Block */

/** @type {{anchor: string, heading: string, level: number, blocks: Block[]}[] | null} */
let sections = null;
let drawn = "";

const ELEMENTS = ["p", "ul", "ol", "li", "strong", "em", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"];

/**
 * Shows a section, by its anchor, or a rule, by its number.
 * @param {string} place
 */
export async function showGuide(place) {
  sections ??= (await ask("guidelines")).sections;
  state.guide = place;
  render();
}

/**
 * The same, when the reader asks for it: then it is also looked at.
 * @param {string} place
 */
export async function openGuide(place) {
  await showGuide(place);
  requestAnimationFrame(() => at("guide").scrollIntoView({ block: "nearest" }));
}

export function hideGuide() {
  state.guide = null;
  render();
}

export function drawGuide() {
  const shown = at("guide");
  shown.hidden = !state.guide || !state.article;
  if (!state.guide || state.guide === drawn) return void (drawn = state.guide ?? "");
  drawn = state.guide;
  const found = sectionOf(drawn);
  const close = button("×", hideGuide, { class: "close", "aria-label": "Close the guidelines" });
  if (!found) return shown.replaceChildren(close, make("p", {}, "The guidelines have no such section."));
  const blocks = found.blocks.map(element);
  shown.replaceChildren(close, make("h3", {}, found.heading), ...blocks);
  const rule = blocks.find((_, number) => isRule(found.blocks[number], drawn));
  shown.scrollTop = 0;
  if (!(rule instanceof HTMLElement)) return;
  rule.className = "meant";
  shown.scrollTop = rule.offsetTop - 12;
}

/** @param {string} place */
const sectionOf = (place) =>
  sections?.find(
    (one) => one.anchor === place || one.blocks.some((/** @type {Block} */ block) => isRule(block, place)),
  );

/**
 * Whether a block begins with the number of a rule.
 * @param {Block} block
 * @param {string} rule
 */
const isRule = (block, rule) => {
  const first = typeof block === "string" ? block : block[1];
  return /^\d+\.\d+$/.test(rule) && typeof first === "string" && first.startsWith(`${rule} `);
};

/**
 * @param {Block} block
 * @returns {Node}
 */
function element(block) {
  if (typeof block === "string") return document.createTextNode(block);
  const [name, ...inner] = block;
  const isCode = name === "code" || name === "pre";
  return make(ELEMENTS.includes(name) ? name : "span", { dir: isCode ? "auto" : null }, ...inner.map(element));
}
