/** What a reader can do, each by a key and by a button: one table, of which keys, buttons and help are made. */

import * as cursor from "./cursor.js";
import { accept, answer, findingHere, partsOf, reject } from "./deciding.js";
import * as entities from "./entities.js";
import { chosen, is, isOpen, quoteHere } from "./here.js";
import { at } from "./making.js";
import * as quotes from "./quotes.js";
import { confirm, undo } from "./sending.js";
import * as spans from "./spans.js";
import { current, itemOf, listed, look, render, state, tell } from "./state.js";

/** @typedef {{key: string, label: string, short?: string, group: string, when?: () => any, run: () => any}} Command */

/** @param {1 | -1} step */
function goTo(step) {
  const list = listed();
  const place = list.findIndex((one) => one.item === state.current);
  const next = list[place < 0 ? 0 : (place + step + list.length) % list.length];
  if (next) look(next.item);
}

function goToPart() {
  const item = current();
  if (!item) return;
  const names = partsOf(item.of);
  look(names[(names.indexOf(item.item) + 1) % names.length]);
}

function goToFinding() {
  const found = state.article.findings
    .filter((/** @type {any} */ one) => itemOf(one.item))
    .map((/** @type {any} */ one) => one.item);
  if (!found.length) return tell("No rule finds anything of an item.");
  look(found[(found.indexOf(state.current) + 1) % found.length]);
}

/** @type {Command[]} */
const OF_ITEMS = [
  { key: "n", label: "next item", group: "Go", run: () => goTo(1) },
  { key: "p", label: "previous item", group: "Go", run: () => goTo(-1) },
  {
    key: "j",
    label: "next part: cue, speaker … of the quote, mentions of the entity",
    short: "next part",
    group: "Go",
    when: () => current() && !is("question", "difference"),
    run: goToPart,
  },
  { key: ".", label: "next item that a rule finds fault with", short: "next finding", group: "Go", run: goToFinding },
  { key: "a", label: "accept", group: "Decide", when: () => isOpen() && !is("question", "difference"), run: accept },
  { key: "a", label: "ours stays", group: "Decide", when: () => is("difference"), run: accept },
  {
    key: "a",
    label: "answer with a reason",
    short: "answer…",
    group: "Decide",
    when: () => is("question"),
    run: accept,
  },
  { key: "x", label: "reject", group: "Decide", when: () => current() && !is("question", "difference"), run: reject },
  { key: "x", label: "take the question out", group: "Decide", when: () => is("question"), run: reject },
  {
    key: "y",
    label: "waive what a rule finds, with a reason",
    short: "waive…",
    group: "Decide",
    when: () => findingHere(),
    run: () => {
      const finding = findingHere();
      return answer({ rule: finding.code, pointer: finding.pointer });
    },
  },
  {
    key: "w",
    label: "write why: goes into the log with the next decision",
    short: "why",
    group: "Decide",
    run: () => at("why")?.focus(),
  },
  {
    key: "s",
    label: "set the span to what is chosen",
    short: "set span",
    group: "Change",
    when: () => chosen() && !is("entity", "question", "difference") && current(),
    run: spans.setSpan,
  },
  {
    key: "z",
    label: "choose its words, to make them longer or shorter",
    short: "choose its words",
    group: "Change",
    when: () => current()?.spans.length && !is("entity", "difference"),
    run: cursor.chooseItem,
  },
  {
    key: "+",
    label: "add what is chosen as one more piece",
    short: "add piece",
    group: "Change",
    when: () => chosen() && is("quote"),
    run: spans.addPiece,
  },
  {
    key: "-",
    label: "take away the piece at the cursor",
    short: "take piece away",
    group: "Change",
    when: () => is("quote") && (current()?.spans.length ?? 0) > 1,
    run: spans.dropPiece,
  },
  {
    key: "c",
    label: "cue: what is chosen, or none",
    short: "cue",
    group: "Change",
    when: quoteHere,
    run: quotes.setCue,
  },
  {
    key: "v",
    label: "speaker: by a list; what is chosen is the phrase",
    short: "speaker…",
    group: "Change",
    when: quoteHere,
    run: () => quotes.choosePerson("speaker"),
  },
  {
    key: "d",
    label: "addressee, the same way",
    short: "addressee…",
    group: "Change",
    when: quoteHere,
    run: () => quotes.choosePerson("addressee"),
  },
  {
    key: "h",
    label: "together with others",
    short: "together with…",
    group: "Change",
    when: () => is("speaker", "addressee"),
    run: quotes.together,
  },
  {
    key: "r",
    label: "relations: stands inside, resumes",
    short: "relations…",
    group: "Change",
    when: quoteHere,
    run: quotes.relations,
  },
  {
    key: "k",
    label: "of an entity: name, type, value and link",
    short: "name, value…",
    group: "Change",
    when: () => is("entity"),
    run: entities.editEntity,
  },
  {
    key: "i",
    label: "the same as another entity",
    short: "same as…",
    group: "Change",
    when: () => is("entity"),
    run: entities.sameAs,
  },
  {
    key: "k",
    label: "of a mention: another entity",
    short: "of another…",
    group: "Change",
    when: () => is("mention"),
    run: entities.moveMention,
  },
  {
    key: "k",
    label: "of a term: what it names",
    short: "names…",
    group: "Change",
    when: () => is("term"),
    run: entities.nameTerm,
  },
  { key: "q", label: "new quote of what is chosen", short: "quote…", group: "Add", when: chosen, run: quotes.addQuote },
  {
    key: "m",
    label: "new mention of what is chosen",
    short: "mention…",
    group: "Add",
    when: chosen,
    run: entities.addMention,
  },
  {
    key: "e",
    label: "new entity of what is chosen",
    short: "entity…",
    group: "Add",
    when: chosen,
    run: entities.newEntity,
  },
  { key: "t", label: "new term of what is chosen", short: "term…", group: "Add", when: chosen, run: entities.addTerm },
  {
    key: "b",
    label: "what the paragraph is: headline, body …",
    short: "paragraph…",
    group: "Change",
    run: entities.setRole,
  },
];

/** @type {Command[]} */
const OF_ARTICLES = [
  { key: "u", label: "undo", group: "Decide", run: () => undo() },
  { key: "ctrl+enter", label: "confirm: all is decided", short: "confirm", group: "Decide", run: () => confirm() },
];

/** @type {Command[]} */
const OF_TEXT = [
  { key: "arrowleft", label: "next word", group: "Text", run: () => cursor.goByWord(1) },
  { key: "arrowright", label: "word before", group: "Text", run: () => cursor.goByWord(-1) },
  { key: "arrowdown", label: "next line", group: "Text", run: () => cursor.goByLine(1) },
  { key: "arrowup", label: "line before", group: "Text", run: () => cursor.goByLine(-1) },
  { key: "ctrl+arrowdown", label: "next paragraph", group: "Text", run: () => cursor.goByParagraph(1) },
  { key: "ctrl+arrowup", label: "paragraph before", group: "Text", run: () => cursor.goByParagraph(-1) },
  { key: "home", label: "first word of the paragraph", group: "Text", run: () => cursor.goToEnd(false) },
  { key: "end", label: "last word of the paragraph", group: "Text", run: () => cursor.goToEnd(true) },
  {
    key: "shift+arrowleft",
    label: "one word more at the end",
    group: "Text",
    run: () => cursor.extend("end", 1, false),
  },
  {
    key: "shift+arrowright",
    label: "one word less at the end",
    group: "Text",
    run: () => cursor.extend("end", -1, false),
  },
  {
    key: "ctrl+shift+arrowright",
    label: "one word more at the beginning",
    group: "Text",
    run: () => cursor.extend("start", -1, false),
  },
  {
    key: "ctrl+shift+arrowleft",
    label: "one word less at the beginning",
    group: "Text",
    run: () => cursor.extend("start", 1, false),
  },
  {
    key: "alt+shift+arrowleft",
    label: "one letter more at the end",
    group: "Text",
    run: () => cursor.extend("end", 1, true),
  },
  {
    key: "alt+shift+arrowright",
    label: "one letter less at the end",
    group: "Text",
    run: () => cursor.extend("end", -1, true),
  },
  {
    key: "ctrl+alt+shift+arrowright",
    label: "one letter more at the beginning",
    group: "Text",
    run: () => cursor.extend("start", -1, true),
  },
  {
    key: "ctrl+alt+shift+arrowleft",
    label: "one letter less at the beginning",
    group: "Text",
    run: () => cursor.extend("start", 1, true),
  },
  { key: "enter", label: "the item at the cursor; once more: the one around it", group: "Text", run: cursor.lookHere },
  {
    key: "escape",
    label: "choose nothing",
    group: "Text",
    run: () => {
      state.chosen = [];
      getSelection()?.removeAllRanges();
      render();
    },
  },
];

export const commands = { items: OF_ITEMS, articles: OF_ARTICLES, text: OF_TEXT };
