/** The item that is looked at: what the draft says, how sure it was, what rules find, and what can be done. */

import { commands } from "./commands.js";
import { openGuide } from "./guide.js";
import { keyName } from "./keys.js";
import { arabic, at, button, fill, make } from "./making.js";
import { IN_ARABIC, SECTIONS, everybody, titleOf, wordsOf } from "./names.js";
import { sorts } from "./sorts.js";
import { current, findingsOf, held, isWaiting, look, state } from "./state.js";

export function drawPanel() {
  at("wide").hidden = !state.article;
  if (!state.article) return;
  const item = current();
  const shown = item ? [...about(item), ...doing(...AFTER_DECIDING), ofNoItem()] : [...nothing(), ...doing(...GROUPS)];
  fill(at("about"), shown);
  fill(at("wide"), commands.articles.map(commandButton));
  const field = /** @type {HTMLInputElement} */ (at("why"));
  if (field.value !== state.why) field.value = state.why;
}

function nothing() {
  const { open, findings } = state.article;
  const isWrong = findings.some((/** @type {any} */ one) => one.severity === "error");
  const told = open
    ? `${open} are open. Press n for the next one.`
    : isWrong
      ? "Before Ctrl+Enter can confirm the article as a record, its errors have to go."
      : "Ctrl+Enter confirms the article as a record. Whatever was overlooked can still be added.";
  return [make("h2", { id: "panel-head" }, open ? "No item" : "All is decided"), make("p", {}, told), listed(findings)];
}

/** @param {any[]} found */
const listed = (found) => (found.length ? make("ul", { class: "findings" }, ...found.map(finding)) : null);

/** What is wrong with the article as a whole, whichever item is looked at. */
function ofNoItem() {
  const { findings, items } = state.article;
  const known = new Set(items.map((/** @type {any} */ item) => item.item));
  const rest = findings.filter((/** @type {any} */ one) => !known.has(one.item));
  return rest.length ? make("div", {}, make("h3", {}, "Of the article"), listed(rest)) : null;
}

/** @param {import("./state.js").Item} item */
function about(item) {
  const found = findingsOf(item.item);
  const title = make(
    "h2",
    { id: "panel-head" },
    `${titleOf(item)} `,
    make("span", { lang: "ar", class: "faint" }, IN_ARABIC[item.kind]),
  );
  return [
    title,
    make("p", { class: "sure" }, ...sureness(item)),
    item.kind === "difference" ? sides(item) : make("p", { class: "said", lang: "ar", dir: "auto" }, wordsOf(item)),
    listed(found),
    ...doing("Decide"),
    numbers(),
    facts(item),
    guideLinks(item),
  ];
}

/** @param {import("./state.js").Item} item */
function sureness(item) {
  const state = isWaiting(item.item) ? "on its way" : item.decided ? "decided" : "open";
  const sure = !item.confidence ? "" : ` · ${Math.round(item.confidence * 100)} % sure`;
  const isDrafted = item.rule && item.kind !== "difference";
  return [
    make("span", { class: `badge ${item.decided ? "done" : "todo"}` }, state),
    isDrafted ? `${sure} · drafted by ${item.rule}` : "",
  ];
}

/** @param {any} found */
function finding(found) {
  const guide = found.guide.flatMap((/** @type {string} */ rule) => [
    " ",
    button(`guideline ${rule}`, () => openGuide(rule), { class: "link" }),
  ]);
  const excerpt = found.excerpt ? make("p", { class: "excerpt", lang: "ar", dir: "auto" }, found.excerpt) : null;
  const mend = found.suggestion ? ` ${found.suggestion}` : "";
  return make(
    "li",
    { class: found.severity },
    make("b", {}, `${found.severity} ${found.code}`),
    `: ${found.message}${mend}`,
    ...guide,
    excerpt,
  );
}

/** What the number keys set. */
function numbers() {
  const found = sorts();
  if (!found) return null;
  const buttons = found.values.map((value, number) =>
    button(
      make("span", {}, make("kbd", {}, String((number + 1) % 10)), ` ${value}`),
      () => value !== found.now && found.set(value),
      {
        "aria-pressed": String(value === found.now),
        "data-focus": `sort ${value}`,
        class: `sort ${value}`,
      },
    ),
  );
  return make("div", { class: "sorts", role: "group", "aria-label": "What it is" }, ...buttons);
}

/** @param {import("./state.js").Item} item */
function facts(item) {
  const rows = item.of.startsWith("q")
    ? ofQuote(held(item.of))
    : item.of.startsWith("e")
      ? ofEntity(held(item.of))
      : ofTerm(held(item.of));
  const filled = rows.filter(([, value]) => value !== null);
  if (!filled.length) return null;
  return make("dl", {}, ...filled.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

/** @typedef {[string, string | Node | null]} Fact */

/**
 * @param {any} quote
 * @returns {Fact[]}
 */
function ofQuote(quote) {
  if (!quote) return [];
  const words = quote.spans.map((/** @type {any} */ span) => span.text).join(" … ");
  const relation = (/** @type {string} */ id) => (id ? button(id, () => look(id), { class: "link" }) : null);
  return [
    ["quote", jump(quote.id, words)],
    ["cue", quote.cue ? jump(`${quote.id}.cue`, quote.cue.text, quote.cue.kind) : "none"],
    ["speaker", person(quote, "speaker") ?? "nobody that the text tells of"],
    ["addressee", person(quote, "addressee")],
    ["inside", relation(quote.parent)],
    ["resumes", relation(quote.continues)],
  ];
}

/**
 * @param {any} quote
 * @param {string} role
 */
function person(quote, role) {
  const one = quote[role];
  if (!one) return null;
  return make(
    "span",
    {},
    jump(`${quote.id}.${role}`, everybody(one), one.form),
    one.span ? " · " : null,
    one.span ? arabic(one.span.text) : null,
  );
}

/**
 * @param {any} entity
 * @returns {Fact[]}
 */
function ofEntity(entity) {
  if (!entity) return [];
  const mentions = entity.mentions.map((/** @type {any} */ one) =>
    make(
      "li",
      {},
      jump(`${entity.id}@${one.paragraph}.${one.start}.${one.end}`, one.text, `${one.form}, ${one.paragraph}`),
    ),
  );
  return [
    ["entity", jump(entity.id, entity.name, entity.type)],
    ["value", entity.value ?? null],
    ["link", entity.link ?? null],
    ["mentions", make("ul", {}, ...mentions)],
  ];
}

/**
 * @param {any} term
 * @returns {Fact[]}
 */
function ofTerm(term) {
  const entity = term?.entity ? held(term.entity) : null;
  return entity ? [["names", jump(entity.id, entity.name, entity.type)]] : [];
}

/**
 * A link to another item.
 * @param {string} item
 * @param {string} words
 */
function jump(item, words, sort = "") {
  const short = words.length > 140 ? `${words.slice(0, 140)}…` : words;
  const label = make("span", {}, arabic(short), sort ? make("span", { class: "faint" }, ` ${sort}`) : null);
  return button(label, () => look(item), {
    class: "link",
    "aria-current": item === state.current ? "true" : null,
    "data-focus": `fact ${item}`,
  });
}

/**
 * Ours and theirs.
 * @param {import("./state.js").Item} item
 */
function sides(item) {
  const side = (/** @type {"ours" | "theirs"} */ name) => {
    const told = item.value[name];
    const words = told?.words || (told ? told.places.map((/** @type {any} */ one) => one.text).join(" … ") : "");
    return make(
      "div",
      { class: `side-${name}` },
      make("h3", {}, name),
      told ? make("p", { lang: "ar", dir: "auto" }, words || "nothing") : make("p", {}, "has nothing like it"),
    );
  };
  return make(
    "div",
    { class: "sides" },
    side("ours"),
    side("theirs"),
    make(
      "p",
      { class: "both faint" },
      make("span", { class: "swatch" }, "both"),
      " in the text: what the two have in common",
    ),
  );
}

/** @param {import("./state.js").Item} item */
function guideLinks(item) {
  const guide = item.kind === "difference" ? item.value.guide : { anchor: sectionOf(item), rules: [] };
  const link = (/** @type {string} */ one) => button(one.replaceAll("-", " "), () => openGuide(one), { class: "link" });
  const links = [guide.anchor, ...guide.rules].filter(Boolean);
  return make(
    "p",
    { class: "guides" },
    "Guidelines: ",
    ...links.flatMap((one, number) => [number ? ", " : "", link(one)]),
  );
}

/** @param {import("./state.js").Item} item */
export const sectionOf = (item) =>
  item.kind === "difference" ? item.value.guide.anchor : item.value.type === "DATE" ? "8-dates" : SECTIONS[item.kind];

/** The field for the reason of the next decision, which stays as it is while all around it is drawn anew. */
export function startPanel() {
  const field = /** @type {HTMLInputElement} */ (at("why"));
  field.addEventListener("input", () => (state.why = field.value));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    at("text").focus({ preventScroll: true });
  });
}

const AFTER_DECIDING = ["Change", "Add", "Go"];
const GROUPS = ["Decide", ...AFTER_DECIDING];

/**
 * Buttons for what can be done now.
 * @param {string[]} groups
 */
function doing(...groups) {
  const now = commands.items.filter((one) => one.when?.() || one.key === "n" || one.key === "p");
  return groups.map((group) => {
    const buttons = now.filter((one) => one.group === group).map(commandButton);
    const named = group === "Add" || group === "Change" ? make("span", { class: "faint" }, group) : null;
    return buttons.length
      ? make("div", { class: `commands ${group.toLowerCase()}`, role: "group", "aria-label": group }, named, ...buttons)
      : null;
  });
}

/** @param {import("./commands.js").Command} one */
export function commandButton(one) {
  const label = make("span", {}, make("kbd", {}, keyName(one.key)), ` ${one.short ?? one.label}`);
  return button(label, () => one.run(), { title: one.label, "data-focus": `command ${one.key} ${one.label}` });
}
