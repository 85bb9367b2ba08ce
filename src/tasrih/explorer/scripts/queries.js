/** The query language, as src/tasrih/queries/ reads it: both are held to tests/queries/cases.json. */

import { fold, folded, phrase, trimmed, westernDigits } from "./letters.js";

const S = "[\\s\\x1c-\\x1f\\x85\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\ufeff]";
const SPACES = new RegExp(`${S}*`, "uy");
const NAME = '[^\\s\\x1c-\\x1f\\x85"“«|=!]';
const FIELD = new RegExp(`((?!-)${NAME}${NAME}{0,60})${S}*(!?=)${S}*`, "uy");
const BARE = new RegExp(`(?:(?!${S})[^|])+`, "uy");
const MARKED = /"((?:[^"\\]|\\.)*)"|“((?:[^”\\]|\\.)*)”|«((?:[^»\\]|\\.)*)»/suy;
const OR = new RegExp(`${S}*\\|${S}*`, "uy");
const MARKS = new Map([['"', '"'], ["“", "”"], ["«", "»"]]);
const PERIOD = /^([12][0-9]{3})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?$/;
const NUMBER = /^[0-9]+(?:\.[0-9]+)?$/;
const LAST = "-12-31";
const LONGEST = 10000;
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const TOLD = 60;

/**
 * @typedef {{ kind: string, of: string, choices: string[], also: string[], example: string, holds: string }} Field
 * @typedef {{ field: string, values: any[], negated: boolean, start: number, end: number }} Term
 * @typedef {{ fields: Record<string, Field>, whole: Set<string> }} Language
 */

/** What is wrong with a query, and at which character, from 1; 0 where no one is to blame. */
export class QueryError extends Error {
  /** @param {number} at @param {string} message */
  constructor(at, message) {
    super(message);
    this.at = at;
  }
}

/** @param {string} text @returns {string} a part of a query for a message: cut, on one line, and nothing reorders it */
function shown(text) {
  const letters = [...text.replace(/\s+/gu, " ").trim().replace(UNSEEN, "\ufffd")];
  return letters.length > TOLD ? `${letters.slice(0, TOLD - 1).join("")}…` : letters.join("");
}

/** @param {RegExp} pattern @param {string} text @param {number} place @returns {RegExpExecArray | null} */
function matched(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

/** @param {string} text @param {number} place @returns {number} */
function afterSpaces(text, place) {
  return place + (matched(SPACES, text, place)?.[0].length ?? 0);
}

/**
 * The terms of a query, each with where it stands. Throws a QueryError for what is none.
 * @param {string} query
 * @param {Language} language
 * @returns {Term[]}
 */
export function parse(query, language) {
  if ([...query].length > LONGEST) throw new QueryError(0, `A query has up to ${LONGEST} characters.`);
  const terms = [];
  let place = afterSpaces(query, 0);
  while (place < query.length) {
    try {
      terms.push(termAt(query, place, language));
    } catch (error) {
      throw error instanceof Error ? new QueryError([...query.slice(0, place)].length + 1, error.message) : error;
    }
    place = afterSpaces(query, terms[terms.length - 1].end);
  }
  if (!terms.length) throw new QueryError(0, "A query has a term, such as type=direct, or words to look for.");
  return terms;
}

/** @param {string} query @param {number} start @param {Language} language @returns {Term} */
function termAt(query, start, language) {
  const after = afterSpaces(query, start + 1);
  const minus = query[start] === "-" && after === start + 1 && after < query.length;
  const begin = start + Number(minus);
  const found = matched(FIELD, query, begin);
  const name = found ? fieldOf(found[1], language) : "text";
  const written = valuesAt(query, found ? begin + found[0].length : begin, name, language);
  const values = written.some((one) => one.any) ? [] : written.map((one) => valueOf(one.text, name, language));
  return { field: name, values, negated: minus !== (found?.[2] === "!="), start, end: written[written.length - 1].end };
}

/** @param {string} name @param {Language} language @returns {string} */
function fieldOf(name, language) {
  const wanted = name.toLowerCase();
  if (Object.hasOwn(language.fields, wanted)) return wanted;
  const names = Object.keys(language.fields);
  const meant = names.find((one) => language.fields[one].also.includes(wanted));
  const near = meant ? ` Did you mean ${meant}?` : "";
  throw new Error(`${shown(name)}: no such field; choose one of ${names.join(", ")}.${near}`);
}

/** @param {string} query @param {number} start @param {string} name @param {Language} language */
function valuesAt(query, start, name, language) {
  const found = [valueAt(query, start, name, language)];
  let more = matched(OR, query, found[0].end);
  while (more) {
    found.push(valueAt(query, more.index + more[0].length, name, language));
    more = matched(OR, query, found[found.length - 1].end);
  }
  return found;
}

/** @param {string} query @param {number} start @param {string} name @param {Language} language */
function valueAt(query, start, name, language) {
  const mark = MARKS.get(query[start]);
  if (mark) {
    const found = matched(MARKED, query, start);
    if (!found) throw new Error(`${shown(query.slice(start))}: the closing ${mark} is missing.`);
    const inside = found[1] ?? found[2] ?? found[3];
    return { text: inside.replace(/\\(.)/gsu, "$1"), end: start + found[0].length, any: false };
  }
  const bare = matched(BARE, query, start);
  if (!bare) {
    const example = written(language.fields[name].example);
    throw new Error(`${name} has no value. Write it as ${name}=${example}.`);
  }
  return { text: bare[0], end: start + bare[0].length, any: bare[0] === "*" };
}

/** @param {string} text @param {string} name @param {Language} language */
function valueOf(text, name, language) {
  const field = language.fields[name];
  if (field.kind === "choice") {
    const known = field.choices.find((one) => fold(one) === folded(text));
    if (known === undefined) throw new Error(`${shown(text)}: no value of ${name}; choose one of ${field.choices.join(", ")}.`);
    return known;
  }
  if (field.kind === "period") return days(text);
  if (field.kind === "number") return numbers(text);
  const found = field.kind === "words" ? phrase(text, language.whole) : folded(text);
  if (!found.length) throw new Error(`${shown(text)}: no letter to look for.`);
  return found;
}

/** @param {string} text @returns {[string, string]} */
function bounds(text) {
  const place = text.indexOf("..");
  if (place < 0) return [text, text];
  if (text === "..") throw new Error(`${text}: a range needs a beginning or an end.`);
  return [text.slice(0, place), text.slice(place + 2)];
}

/** @param {string} text @returns {[string, string]} the first and last day; empty for no bound */
function days(text) {
  const [first, last] = bounds(trimmed(westernDigits(text))).map((one) => (one ? period(one) : ""));
  const end = last ? last + LAST.slice(last.length - 4) : "";
  if (first && end && end < first) throw new Error(`${shown(text)}: it ends before it begins.`);
  return [first, end];
}

/** @param {string} text @returns {string} a day, month or year as records begin with it */
function period(text) {
  const parts = (PERIOD.exec(text) ?? []).slice(1).filter(Boolean).map(Number);
  const [year, month = 1, day = 1] = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (!parts.length || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    throw new Error(`${shown(text)}: no day, month or year. Write it as 2021-10-13, 2021-10 or 2021.`);
  }
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** @param {string} text @returns {[number, number]} */
function numbers(text) {
  const found = bounds(trimmed(westernDigits(text)));
  if (!found.every((one) => !one || NUMBER.test(one))) {
    throw new Error(`${shown(text)}: no number. Write it as 0.5, 0.5..0.8, 0.5.. or ..0.8.`);
  }
  const [low, high] = [Number(found[0] || 0), Number(found[1] || 1)];
  if (high < low) throw new Error(`${shown(text)}: it ends before it begins.`);
  return [low, high];
}

/** @param {string} given @returns {string} a value as a query has it: in marks where it needs them */
export function written(given) {
  const found = matched(BARE, given, 0);
  const bare = found?.[0] === given && !MARKS.has(given[0]) && given[0] !== "-" && !given.includes("=") && given !== "*";
  return bare ? given : `"${given.replace(/["\\]/g, "\\$&")}"`;
}
