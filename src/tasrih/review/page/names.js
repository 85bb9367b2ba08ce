/** What things are called on the page, and what a record can say of them. */

import { nameOf } from "./state.js";

export const TYPES = ["direct", "partial", "indirect", "unmarked"];
export const CUES = ["verb", "participle", "noun", "preposition", "punctuation"];
export const FORMS = ["named", "nominal", "pronoun", "elided"];
export const MENTIONS = ["named", "nominal"];
export const TERMS = ["name", "title", "scare", "other"];
export const ENTITIES = ["PERS", "ORG", "GPE", "LOC", "FAC", "NORP", "OCC", "EVENT", "LAW", "DATE"];
export const ROLES = ["headline", "subheading", "body", "note", "signoff", "credit", "source"];
export const KINDS = ["quote", "cue", "speaker", "addressee", "term", "entity", "mention", "question", "difference"];

/** @type {Record<string, string>} */
export const IN_ARABIC = {
  quote: "قول",
  cue: "لفظ النقل",
  speaker: "القائل",
  addressee: "المخاطب",
  term: "مصطلح",
  entity: "كيان",
  mention: "ذكر",
  question: "سؤال",
  difference: "خلاف",
};

/** @type {Record<string, string>} the section of the guidelines that decides a kind of item */
export const SECTIONS = {
  quote: "4-quotes",
  cue: "5-cues",
  speaker: "6-speakers",
  addressee: "6-speakers",
  term: "3-quotation-marks-speech-or-not",
  entity: "7-entities",
  mention: "7-entities",
  question: "3-quotation-marks-speech-or-not",
};

/** @typedef {import("./state.js").Item} Item */

/** @param {Item} item */
export function titleOf(item) {
  if (item.kind === "question") return `question ${item.value.rule}`;
  if (item.kind === "difference") return `difference: ${item.value.layer} ${item.value.what}`;
  return item.of === item.item ? `${item.kind} ${item.item}` : `${item.kind} of ${item.of}`;
}

/** @param {Item} item */
export function wordsOf(item) {
  if (item.kind === "entity") return item.value.name;
  if (item.kind === "question") return item.value.reason;
  const words = item.spans.map((/** @type {any} */ span) => span.text).join(" … ");
  if (item.kind !== "speaker" && item.kind !== "addressee") return words;
  const name = everybody(item.value);
  return words && words !== name ? `${name}: ${words}` : name;
}

/** @param {any} person who speaks or is spoken to */
export const everybody = (person) => [person.entity, ...(person.others ?? [])].map(nameOf).join(" + ");

/** What an item is, in one word that its reader can set. */
export function sortOf(/** @type {Item} */ item) {
  const { value } = item;
  return (
    {
      quote: value.type,
      cue: value.kind,
      speaker: value.form,
      addressee: value.form,
      term: value.kind,
      entity: value.value ? `${value.type} ${value.value}` : value.type,
      mention: value.form,
    }[item.kind] ?? ""
  );
}

const LETTERS = /** @type {Record<string, string>} */ ({
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ى: "ي",
  ئ: "ي",
  ؤ: "و",
  ة: "ه",
});

/**
 * Words in which spelling variants are alike: without signs and tatweel, hamza seats as their letters.
 * @param {string} text
 */
export const folded = (text) =>
  text
    .replace(/[\p{M}\u0640]/gu, "")
    .replace(/[أإآٱىئؤة]/g, (one) => LETTERS[one])
    .toLowerCase();
