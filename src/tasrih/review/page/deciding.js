/** What is right and what is not. */

import { write } from "./dialogs.js";
import { titleOf } from "./names.js";
import { decide } from "./sending.js";
import { current, findingsOf, isWaiting, lookOn, state } from "./state.js";

/** @typedef {import("./state.js").Item} Item */

export function accept() {
  const item = current();
  if (!item || isWaiting(item.item)) return;
  if (item.kind === "question") return answer(item.value);
  if (item.kind === "difference") return keepOrTake("keep");
  const change = { op: "accept", items: [item.item] };
  const parts = item.kind === "quote" || item.kind === "entity" ? partsOf(item.item) : [item.item];
  decide(`accept ${titleOf(item)}`, change, parts);
  lookOn(item.item);
}

/** @param {string} id */
export const partsOf = (id) =>
  state.article.items.filter((/** @type {Item} */ one) => one.of === id).map((/** @type {Item} */ one) => one.item);

export function reject() {
  const item = current();
  if (!item || isWaiting(item.item)) return;
  const name = item.item;
  const change =
    item.kind === "question"
      ? { op: "unwaive", rule: item.value.rule, at: item.value.at }
      : { op: "remove", item: name };
  decide(`reject ${titleOf(item)}`, change, item.kind === "quote" || item.kind === "entity" ? partsOf(name) : [name]);
  lookOn(name);
}

/** @param {"keep" | "take"} op */
export function keepOrTake(op) {
  const item = current();
  if (!item || isWaiting(item.item)) return;
  decide(op === "keep" ? "ours stays" : "theirs is taken", { op, item: item.item }, [item.item]);
  lookOn(item.item);
}

/** @param {{rule: string, at?: string, pointer?: string}} finding */
export async function answer(finding, title = "Why is it right as it stands?") {
  const given = await write(title, [{ name: "reason", label: "Reason, which the record keeps", isNeeded: true }]);
  if (!given?.reason) return;
  const place = finding.at ?? finding.pointer ?? "";
  await decide(`waive ${finding.rule}`, { op: "waive", rule: finding.rule, at: place, reason: given.reason });
}

export const findingHere = () => findingsOf(state.current ?? "")[0];
