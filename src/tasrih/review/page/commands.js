/** What a reader can do, each by a key and by a button: one table, of which keys, buttons and help are made. */

import * as cursor from "./cursor.js";
import { choose, write } from "./dialogs.js";
import { at } from "./making.js";
import { CUES, ENTITIES, FORMS, MENTIONS, ROLES, TERMS, TYPES, everybody, titleOf } from "./names.js";
import { confirm, decide, undo } from "./sending.js";
import { current, findingsOf, held, isDone, isWaiting, itemOf, listed, look, lookOn, nameOf, render, state, tell } from "./state.js";
import { itemsAt, textOf } from "./text.js";

/** @typedef {import("./state.js").Place} Place */
/** @typedef {import("./state.js").Item} Item */
/** @typedef {{key: string, label: string, short?: string, group: string, when?: () => any, run: () => any}} Command */

const NEW = "new entity";
const NONE = "nobody";

const quoteHere = () => {
  const id = current()?.of;
  return id?.startsWith("q") ? held(id) : null;
};
const is = (/** @type {string[]} */ ...kinds) => kinds.includes(current()?.kind ?? "");
const chosen = () => state.chosen.length > 0;
const isOpen = () => {
  const item = current();
  return item && !isDone(item);
};

/** @param {Place} place */
const placed = ({ paragraph, start, end }) => ({ paragraph, start, end });

/** The one stretch that is chosen; says so and gives null when it is none, or several. */
function stretch() {
  if (state.chosen.length === 1) return placed(state.chosen[0]);
  tell(chosen() ? "This stands in one paragraph. Choose words of one." : "Choose words in the text first.", true);
  return null;
}

// ---- what is right and what is not

function accept() {
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
const partsOf = (id) => state.article.items.filter((/** @type {Item} */ one) => one.of === id).map((/** @type {Item} */ one) => one.item);

function reject() {
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
function keepOrTake(op) {
  const item = current();
  if (!item || isWaiting(item.item)) return;
  decide(op === "keep" ? "ours stays" : "theirs is taken", { op, item: item.item }, [item.item]);
  lookOn(item.item);
}

/** @param {{rule: string, at?: string, pointer?: string}} finding */
async function answer(finding, title = "Why is it right as it stands?") {
  const given = await write(title, [{ name: "reason", label: "Reason, which the record keeps", isNeeded: true }]);
  if (!given?.reason) return;
  const place = finding.at ?? finding.pointer ?? "";
  await decide(`waive ${finding.rule}`, { op: "waive", rule: finding.rule, at: place, reason: given.reason });
}

// ---- spans

function setSpan() {
  const item = current();
  if (!item) return;
  if (item.kind === "quote") return setPieces(item, state.chosen.map(placed));
  const place = stretch();
  if (!place) return;
  const quote = quoteHere();
  if (quote && item.kind !== "cue") return setPerson(item.kind, { ...quote[item.kind], span: place });
  return decide(`span of ${titleOf(item)}`, { op: "set_spans", item: item.item, spans: [place] });
}

/**
 * Sets what is chosen in the place of the pieces that it overlaps; of all when it overlaps none.
 * @param {Item} item
 * @param {Place[]} pieces
 */
function setPieces(item, pieces) {
  const others = item.spans.filter((one) => !pieces.some((piece) => overlap(one, piece)));
  const isMoved = others.length === item.spans.length;
  setAll(item, isMoved ? pieces : [...others.map(placed), ...pieces]);
}

function addPiece() {
  const item = current();
  if (item) setAll(item, [...item.spans.map(placed), ...state.chosen.map(placed)]);
}

function dropPiece() {
  const item = current();
  const here = state.chosen[0] ?? state.cursor?.place;
  if (!item || !here) return tell("Go to the piece in the text first.", true);
  setAll(item, item.spans.filter((one) => !overlap(one, here)).map(placed));
}

/**
 * @param {Item} item
 * @param {Place[]} spans
 */
function setAll(item, spans) {
  if (!spans.length) return tell("A quote has one piece at least. Reject it to remove it.", true);
  const order = state.article.record.paragraphs.map((/** @type {any} */ one) => one.id);
  spans.sort((one, other) => order.indexOf(one.paragraph) - order.indexOf(other.paragraph) || one.start - other.start);
  return decide(`span of ${titleOf(item)}`, { op: "set_spans", item: item.item, spans });
}

/**
 * @param {Place} one
 * @param {Place} other
 */
const overlap = (one, other) => one.paragraph === other.paragraph && one.start < other.end && other.start < one.end;

// ---- quotes and their parts

async function addQuote() {
  const spans = state.chosen.map(placed);
  const before = textBefore(state.chosen[0]);
  const guess = /[«"“„”]$/.test(before) ? "direct" : "indirect";
  const type = await choose("New quote: of which type?", TYPES.map((one) => ({ value: one, label: one })), guess);
  if (type) lookAtNew(await decide("new quote", { op: "add_quote", type, spans }));
}

/** @param {Place} place */
const textBefore = (place) => textOf({ ...place, start: Math.max(place.start - 1, 0), end: place.start });

/** @param {any} answer */
function lookAtNew(answer) {
  const item = itemOf(answer?.decided?.[0] ?? null);
  if (item) look(item.item);
  return item;
}

async function setCue() {
  const quote = quoteHere();
  if (!quote) return;
  const place = chosen() ? stretch() : null;
  if (chosen() && !place) return;
  if (!place) {
    const kind = await choose("What reports this quote?", [{ value: NONE, label: "nothing reports it" }]);
    if (kind) await decide(`no cue of ${quote.id}`, { op: "set_cue", item: quote.id, cue: null });
    return;
  }
  const kind = quote.cue?.kind ?? "verb";
  const cue = { ...place, kind };
  if (await decide(`cue of ${quote.id}`, { op: "set_cue", item: quote.id, cue })) look(`${quote.id}.cue`);
}

/** @param {"speaker" | "addressee"} role */
async function choosePerson(role) {
  const quote = quoteHere();
  if (!quote) return;
  const place = chosen() ? stretch() : null;
  if (chosen() && !place) return;
  const known = quote[role];
  const entity = await chooseEntity(`${role} of ${quote.id}`, known?.entity, place, true);
  if (!entity) return;
  if (entity === NONE) return void (await decide(`no ${role} of ${quote.id}`, { op: `set_${role}`, item: quote.id, [role]: null }));
  const isSame = known && !place;
  const person = { entity, form: place ? formOf(place, entity) : isSame ? known.form : "elided", span: place ?? (isSame ? known.span : null), others: [] };
  await setPerson(role, person, quote.id);
}

/**
 * @param {string} role
 * @param {any} person
 * @param {string} id
 */
async function setPerson(role, person, id = quoteHere()?.id) {
  const others = (person.others ?? []).filter((/** @type {string} */ one) => one !== person.entity);
  const who = { entity: person.entity, form: person.form, span: person.span ? placed(person.span) : null, others };
  if (await decide(`${role} of ${id}`, { op: `set_${role}`, item: id, [role]: who })) look(`${id}.${role}`);
}

/**
 * How a phrase refers to an entity: by its name when one of its named mentions is in it.
 * @param {Place} place
 * @param {string} entity
 */
function formOf(place, entity) {
  const mentions = held(entity)?.mentions ?? [];
  return mentions.some((/** @type {any} */ one) => one.form === "named" && overlap(one, place)) ? "named" : "nominal";
}

async function together() {
  const item = current();
  const quote = quoteHere();
  if (!item || !quote) return;
  const known = quote[item.kind];
  const entity = await chooseEntity(`Who else, with ${everybody(known)}? Once more takes away.`, null, null, false, known.entity);
  if (!entity) return;
  const others = known.others ?? [];
  const isThere = others.includes(entity);
  await setPerson(item.kind, { ...known, others: isThere ? others.filter((/** @type {string} */ one) => one !== entity) : [...others, entity] });
}

async function relations() {
  const quote = quoteHere();
  if (!quote) return;
  const quotes = state.article.record.quotes.filter((/** @type {any} */ one) => one.id !== quote.id);
  const wordsIn = (/** @type {any} */ one) => one.spans.map((/** @type {any} */ span) => span.text).join(" … ").slice(0, 90);
  const choices = ["parent", "continues"].flatMap((relation) => [
    { value: [relation, null], label: relation === "parent" ? "stands inside no other" : "resumes no other" },
    ...quotes.map((/** @type {any} */ one) => ({
      value: [relation, one.id], label: wordsIn(one), hint: `${relation === "parent" ? "stands inside" : "resumes"} ${one.id}`,
    })),
  ]);
  const found = await choose(`${quote.id}: inside which quote does it stand, which does it resume?`, choices);
  if (!found) return;
  const now = { parent: quote.parent ?? null, continues: quote.continues ?? null, [found[0]]: found[1] };
  await decide(`${found[0]} of ${quote.id}`, { op: "set_relations", item: quote.id, ...now });
}

// ---- entities, mentions, terms

/**
 * An entity of the article, by name, or a new one of what is chosen.
 * @param {string} title
 * @param {string | null | undefined} known
 * @param {Place | null} place
 * @param {boolean} canBeNobody
 * @param {string} [without]
 * @returns {Promise<string | null>}
 */
async function chooseEntity(title, known, place, canBeNobody, without) {
  const entities = state.article.record.entities.filter((/** @type {any} */ one) => one.id !== without);
  const there = place && entities.find((/** @type {any} */ one) => one.mentions.some((/** @type {any} */ span) => overlap(span, place)));
  const choices = [
    ...entities.map((/** @type {any} */ one) => ({ value: one.id, label: one.name, hint: `${one.id} ${one.type}` })),
    ...(place ? [{ value: NEW, label: "a new entity, of what is chosen", isNew: true }] : []),
    ...(canBeNobody ? [{ value: NONE, label: "the text tells of nobody", isNew: true }] : []),
  ];
  const found = await choose(title, choices, there?.id ?? known);
  return found === NEW && place ? (await addEntity(place))?.item ?? null : found;
}

/** @param {Place} place */
async function addEntity(place) {
  const name = textOf(place);
  const given = await write("New entity", [
    { name: "name", label: "Name: the fullest in the article", value: name, isNeeded: true },
    { name: "type", label: "Type", choices: ENTITIES, value: "PERS" },
    { name: "form", label: "The chosen words are", choices: MENTIONS, value: "named" },
    { name: "value", label: "Day, month or year", hint: "of a DATE: 2021-09-06, 2021-09, 2021" },
  ]);
  if (!given?.name) return null;
  const mentions = [{ ...place, form: given.form }];
  const facts = { type: given.type, name: given.name, value: given.value || null };
  return itemOf((await decide("new entity", { op: "add_entity", ...facts, mentions }))?.decided?.[0] ?? null);
}

async function newEntity() {
  const place = stretch();
  const item = place && (await addEntity(place));
  if (item) look(item.item);
}

async function addMention() {
  const place = stretch();
  if (!place) return;
  const known = current()?.of;
  const entity = await chooseEntity("Whose mention is this?", known?.startsWith("e") ? known : null, null, false);
  if (!entity) return;
  const words = textOf(place);
  const isNamed = (held(entity)?.mentions ?? []).some((/** @type {any} */ one) => one.form === "named" && one.text === words);
  const mention = { ...place, form: isNamed || nameOf(entity).includes(words) ? "named" : "nominal" };
  lookAtNew(await decide("new mention", { op: "add_mention", item: entity, mention }));
}

async function moveMention() {
  const item = current();
  if (!item) return;
  const entity = await chooseEntity("Of which entity is it a mention?", item.of, null, false);
  if (!entity || entity === item.of) return;
  const change = { op: "set_mention", item: item.item, form: item.value.form, entity };
  lookAtNew(await decide(`${titleOf(item)} is one of ${entity}`, change));
}

async function sameAs() {
  const item = current();
  const into = item && (await chooseEntity(`${nameOf(item.of)} is the same as`, null, null, false, item.of));
  if (into && (await decide(`${item.of} is ${into}`, { op: "merge", item: item.of, into }))) look(into);
}

async function editEntity() {
  const item = current();
  const known = item && held(item.of);
  if (!known) return;
  const given = await write(`Entity ${known.id}`, [
    { name: "name", label: "Name: the fullest in the article", value: known.name, isNeeded: true },
    { name: "type", label: "Type", choices: ENTITIES, value: known.type },
    { name: "value", label: "Day, month or year", value: known.value ?? "", hint: "of a DATE: 2021-09-06, 2021-09, 2021" },
    { name: "link", label: "Entry of entities.json", value: known.link ?? "", hint: "its id: sergey-lavrov" },
  ]);
  if (!given?.name) return;
  const facts = { name: given.name, type: given.type, value: given.value || null, link: given.link || null };
  await decide(`entity ${known.id}`, { op: "set_entity", item: known.id, ...facts });
}

async function addTerm() {
  const place = stretch();
  const kind = place && (await choose("New term: of which kind?", TERMS.map((one) => ({ value: one, label: one }))));
  if (kind) lookAtNew(await decide("new term", { op: "add_term", kind, span: place }));
}

async function nameTerm() {
  const term = held(current()?.of ?? "");
  if (!term) return;
  const entity = await chooseEntity("What does the term name?", term.entity, placed(term.span), true);
  if (!entity) return;
  const named = entity === NONE ? null : entity;
  await decide(`entity of ${term.id}`, { op: "set_term", item: term.id, kind: term.kind, entity: named });
}

async function setRole() {
  const place = state.chosen[0] ?? state.cursor?.place ?? current()?.spans[0];
  const paragraph = place && held(place.paragraph);
  if (!paragraph) return tell("Go to the paragraph in the text first.", true);
  const role = await choose(`What is ${paragraph.id}?`, ROLES.map((one) => ({ value: one, label: one })), paragraph.role);
  if (role) await decide(`role of ${paragraph.id}`, { op: "set_role", item: paragraph.id, role });
}

// ---- what a number key sets

/** @returns {{values: string[], now: string, set: (value: string) => any} | null} what the item can be, by number */
export function sorts() {
  const item = current();
  if (!item) return null;
  const { kind, value, of } = item;
  const change = (/** @type {string} */ sort, /** @type {any} */ made) => decide(`${titleOf(item)} is ${sort}`, made);
  if (kind === "quote") return sort(TYPES, value.type, (type) => change(type, { op: "set_type", item: of, type }));
  if (kind === "cue") {
    return sort(CUES, value.kind, (cue) => change(cue, { op: "set_cue", item: of, cue: { ...placed(value), kind: cue } }));
  }
  if (kind === "speaker" || kind === "addressee") {
    return sort(FORMS, value.form, (form) => setPerson(kind, { ...value, form, span: form === "elided" ? null : value.span }));
  }
  if (kind === "term") {
    return sort(TERMS, value.kind, (one) => change(one, { op: "set_term", item: of, kind: one, entity: value.entity ?? null }));
  }
  if (kind === "mention") {
    return sort(MENTIONS, value.form, (form) => change(form, { op: "set_mention", item: item.item, form, entity: of }));
  }
  if (kind === "difference") return sort(["ours", "theirs"], "", (side) => keepOrTake(side === "ours" ? "keep" : "take"));
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

// ---- the table

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
  const found = state.article.findings.filter((/** @type {any} */ one) => itemOf(one.item)).map((/** @type {any} */ one) => one.item);
  if (!found.length) return tell("No rule finds anything of an item.");
  look(found[(found.indexOf(state.current) + 1) % found.length]);
}

/** @type {Command[]} */
const OF_ITEMS = [
  { key: "n", label: "next item", group: "Go", run: () => goTo(1) },
  { key: "p", label: "previous item", group: "Go", run: () => goTo(-1) },
  { key: "j", label: "next part: cue, speaker … of the quote, mentions of the entity", short: "next part", group: "Go", when: () => current() && !is("question", "difference"), run: goToPart },
  { key: ".", label: "next item that a rule finds fault with", short: "next finding", group: "Go", run: goToFinding },
  { key: "a", label: "accept", group: "Decide", when: () => isOpen() && !is("question", "difference"), run: accept },
  { key: "a", label: "ours stays", group: "Decide", when: () => is("difference"), run: accept },
  { key: "a", label: "answer with a reason", short: "answer…", group: "Decide", when: () => is("question"), run: accept },
  { key: "x", label: "reject", group: "Decide", when: () => current() && !is("question", "difference"), run: reject },
  { key: "x", label: "take the question out", group: "Decide", when: () => is("question"), run: reject },
  { key: "y", label: "waive what a rule finds, with a reason", short: "waive…", group: "Decide", when: () => findingHere(), run: () => {
    const finding = findingHere();
    return answer({ rule: finding.code, pointer: finding.pointer });
  } },
  { key: "w", label: "write why: goes into the log with the next decision", short: "why", group: "Decide", run: () => at("why")?.focus() },
  { key: "s", label: "set the span to what is chosen", short: "set span", group: "Change", when: () => chosen() && !is("entity", "question", "difference") && current(), run: setSpan },
  { key: "z", label: "choose its words, to make them longer or shorter", short: "choose its words", group: "Change", when: () => current()?.spans.length && !is("entity"), run: cursor.chooseItem },
  { key: "+", label: "add what is chosen as one more piece", short: "add piece", group: "Change", when: () => chosen() && is("quote"), run: addPiece },
  { key: "-", label: "take away the piece at the cursor", short: "take piece away", group: "Change", when: () => is("quote") && (current()?.spans.length ?? 0) > 1, run: dropPiece },
  { key: "c", label: "cue: what is chosen, or none", short: "cue", group: "Change", when: quoteHere, run: setCue },
  { key: "v", label: "speaker: by a list; what is chosen is the phrase", short: "speaker…", group: "Change", when: quoteHere, run: () => choosePerson("speaker") },
  { key: "d", label: "addressee, the same way", short: "addressee…", group: "Change", when: quoteHere, run: () => choosePerson("addressee") },
  { key: "h", label: "together with others", short: "together with…", group: "Change", when: () => is("speaker", "addressee"), run: together },
  { key: "r", label: "relations: stands inside, resumes", short: "relations…", group: "Change", when: quoteHere, run: relations },
  { key: "k", label: "of an entity: name, type, value and link", short: "name, value…", group: "Change", when: () => is("entity"), run: editEntity },
  { key: "i", label: "the same as another entity", short: "same as…", group: "Change", when: () => is("entity"), run: sameAs },
  { key: "k", label: "of a mention: another entity", short: "of another…", group: "Change", when: () => is("mention"), run: moveMention },
  { key: "k", label: "of a term: what it names", short: "names…", group: "Change", when: () => is("term"), run: nameTerm },
  { key: "q", label: "new quote of what is chosen", short: "quote…", group: "Add", when: chosen, run: addQuote },
  { key: "m", label: "new mention of what is chosen", short: "mention…", group: "Add", when: chosen, run: addMention },
  { key: "e", label: "new entity of what is chosen", short: "entity…", group: "Add", when: chosen, run: newEntity },
  { key: "t", label: "new term of what is chosen", short: "term…", group: "Add", when: chosen, run: addTerm },
  { key: "b", label: "what the paragraph is: headline, body …", short: "paragraph…", group: "Change", run: setRole },
];

const findingHere = () => findingsOf(state.current ?? "")[0];

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
  { key: "shift+arrowleft", label: "one word more at the end", group: "Text", run: () => cursor.extend("end", 1, false) },
  { key: "shift+arrowright", label: "one word less at the end", group: "Text", run: () => cursor.extend("end", -1, false) },
  { key: "ctrl+shift+arrowright", label: "one word more at the beginning", group: "Text", run: () => cursor.extend("start", -1, false) },
  { key: "ctrl+shift+arrowleft", label: "one word less at the beginning", group: "Text", run: () => cursor.extend("start", 1, false) },
  { key: "alt+shift+arrowleft", label: "one letter more at the end", group: "Text", run: () => cursor.extend("end", 1, true) },
  { key: "alt+shift+arrowright", label: "one letter less at the end", group: "Text", run: () => cursor.extend("end", -1, true) },
  { key: "ctrl+alt+shift+arrowright", label: "one letter more at the beginning", group: "Text", run: () => cursor.extend("start", -1, true) },
  { key: "ctrl+alt+shift+arrowleft", label: "one letter less at the beginning", group: "Text", run: () => cursor.extend("start", 1, true) },
  { key: "enter", label: "the item at the cursor; once more: the one around it", group: "Text", run: cursor.lookHere },
  { key: "escape", label: "choose nothing", group: "Text", run: () => { state.chosen = []; getSelection()?.removeAllRanges(); render(); } },
];

export const commands = { items: OF_ITEMS, articles: OF_ARTICLES, text: OF_TEXT };
