/** What the digits set: the type, kind or form of the item that is looked at. */

import { keepOrTake } from "./deciding.js";
import { placed } from "./here.js";
import { CUES, ENTITIES, FORMS, MENTIONS, TERMS, TYPES, titleOf } from "./names.js";
import { setPerson } from "./quotes.js";
import { decide } from "./sending.js";
import { current } from "./state.js";

/** @returns {{values: string[], now: string, set: (value: string) => any} | null} what the item can be, by number */
export function sorts() {
  const item = current();
  if (!item) return null;
  const { kind, value, of } = item;
  const change = (/** @type {string} */ sort, /** @type {any} */ made) => decide(`${titleOf(item)} is ${sort}`, made);
  if (kind === "quote") return sort(TYPES, value.type, (type) => change(type, { op: "set_type", item: of, type }));
  if (kind === "cue") {
    return sort(CUES, value.kind, (cue) =>
      change(cue, { op: "set_cue", item: of, cue: { ...placed(value), kind: cue } }),
    );
  }
  if (kind === "speaker" || kind === "addressee") {
    return sort(FORMS, value.form, (form) =>
      setPerson(kind, { ...value, form, span: form === "elided" ? null : value.span }),
    );
  }
  if (kind === "term") {
    return sort(TERMS, value.kind, (one) =>
      change(one, { op: "set_term", item: of, kind: one, entity: value.entity ?? null }),
    );
  }
  if (kind === "mention") {
    return sort(MENTIONS, value.form, (form) => change(form, { op: "set_mention", item: item.item, form, entity: of }));
  }
  if (kind === "difference")
    return sort(["ours", "theirs"], "", (side) => keepOrTake(side === "ours" ? "keep" : "take"));
  if (kind !== "entity") return null;
  const { name, value: day, link } = value;
  return sort(ENTITIES, value.type, (type) =>
    change(type, { op: "set_entity", item: of, type, name, value: day ?? null, link: link ?? null }),
  );
}

/**
 * @param {string[]} values
 * @param {string} now
 * @param {(value: string) => any} set
 */
const sort = (values, now, set) => ({ values, now, set });

/** @param {string} digit */
export function setByNumber(digit) {
  const found = sorts();
  const value = found?.values[(Number(digit) + 9) % 10];
  if (value && value !== found.now) found.set(value);
}
