/** Overlays: all keys, and the log of decisions. */

import { commands } from "./commands.js";
import { dialog } from "./dialogs.js";
import { areOn, keyName, setOn } from "./keys.js";
import { arabic, button, make } from "./making.js";
import { itemOf, state } from "./state.js";
import { ask } from "./server.js";
import { undo } from "./sending.js";
import { wordsOf } from "./names.js";

/** @param {import("./commands.js").Command[]} general */
export function help(general) {
  const all = [...commands.items, ...commands.articles, ...general, ...commands.text];
  const groups = ["Decide", "Go", "Change", "Add", "Text"].map((group) => {
    const rows = all
      .filter((one) => one.group === group)
      .map((one) => make("tr", {}, make("td", {}, make("kbd", {}, keyName(one.key))), make("td", {}, one.label)));
    if (group === "Change")
      rows.push(
        make(
          "tr",
          {},
          make("td", {}, make("kbd", {}, "1 … 0")),
          make("td", {}, "type, form or kind, as numbered beside the item"),
        ),
      );
    return make("section", {}, make("h3", {}, group), make("table", {}, make("tbody", {}, ...rows)));
  });
  const single = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  single.checked = areOn();
  single.addEventListener("change", () => setOn(single.checked));
  const switched = make(
    "label",
    {},
    single,
    " single letters and digits are keys (turn off when you speak to your computer)",
  );
  const mouse =
    "By mouse: a click on the text goes to the item there, once more to the one around it; drag to choose words.";
  const marks =
    "In the text: quotes have the colour of their type, with a line above inside another quote; cues are underlined in " +
    "red, speakers in violet, addressees in orange; mentions have dots below, and what a rule finds a wave.";
  const content = [make("p", {}, mouse), make("p", {}, marks), make("p", {}, switched), make("div", { class: "keys" }, ...groups)];
  return dialog("Keys", () => content, "wide");
}

/** The decisions on the article, the last one first, each to be taken back. */
export async function showLog() {
  const { entries, standing, torn, odd } = await ask(`log?key=${encodeURIComponent(state.article.key)}`);
  const stand = new Set(standing);
  const flaws = [torn ? "The last line is torn." : "", odd ? `${odd} lines are no decisions.` : ""]
    .filter(Boolean)
    .join(" ");
  return dialog(
    "Log of decisions",
    (close) => {
      const rows = [...entries].reverse().map((one) => row(one, stand, close));
      return [
        flaws ? make("p", { class: "error" }, flaws) : make("span"),
        make(
          "ol",
          { class: "log", tabindex: 0, autofocus: true },
          ...(rows.length ? rows : [make("li", {}, "Nothing was decided yet.")]),
        ),
      ];
    },
    "wide",
  );
}

/**
 * @param {any} entry
 * @param {Set<number>} stand the numbers of those that are in the record
 * @param {(value: any) => void} close
 */
function row(entry, stand, close) {
  const items = (entry.items ?? []).slice(0, 3).map((/** @type {string} */ name) => {
    const item = itemOf(name);
    return make("span", {}, ` ${name} `, item ? arabic(wordsOf(item).slice(0, 60)) : null);
  });
  const canUndo = stand.has(entry.number) && !["confirm", "renumber"].includes(entry.change.op);
  const take = () => {
    close(null);
    undo(entry.number);
  };
  const back = canUndo
    ? button("take back", take)
    : make("span", { class: "faint" }, stand.has(entry.number) ? "" : "not in the record: taken back");
  const told = `${entry.number}. ${entry.change.op}${entry.change.number ? ` ${entry.change.number}` : ""}`;
  const why = entry.why ? make("span", {}, " because: ", make("bdi", {}, entry.why)) : null;
  return make(
    "li",
    {},
    make("b", {}, told),
    ...items,
    why,
    make("span", { class: "faint" }, ` ${entry.who?.id ?? ""}, ${entry.when ?? ""} `),
    back,
  );
}
