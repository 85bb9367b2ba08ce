/** Entities and their mentions, terms, and what paragraphs are. */

import { choose, write } from "./dialogs.js";
import { lookAtNew, overlap, placed, stretch } from "./here.js";
import { ENTITIES, MENTIONS, ROLES, TERMS, titleOf } from "./names.js";
import { decide } from "./sending.js";
import { current, held, itemOf, look, nameOf, state, tell } from "./state.js";
import { textOf } from "./text.js";

/** @typedef {import("./state.js").Place} Place */

const NEW = "new entity";
export const NOBODY = "nobody";

/**
 * An entity of the article, by name, or a new one of what is chosen.
 * @param {string} title
 * @param {string | null | undefined} known
 * @param {Place | null} place
 * @param {boolean} canBeNobody
 * @param {string} [without]
 * @returns {Promise<string | null>}
 */
export async function chooseEntity(title, known, place, canBeNobody, without) {
  const entities = state.article.record.entities.filter((/** @type {any} */ one) => one.id !== without);
  const there =
    place &&
    entities.find((/** @type {any} */ one) => one.mentions.some((/** @type {any} */ span) => overlap(span, place)));
  const choices = [
    ...entities.map((/** @type {any} */ one) => ({ value: one.id, label: one.name, hint: `${one.id} ${one.type}` })),
    ...(place ? [{ value: NEW, label: "a new entity, of what is chosen", isNew: true }] : []),
    ...(canBeNobody ? [{ value: NOBODY, label: "the text tells of nobody", isNew: true }] : []),
  ];
  const found = await choose(title, choices, there?.id ?? known);
  return found === NEW && place ? ((await addEntity(place))?.item ?? null) : found;
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

export async function newEntity() {
  const place = stretch();
  const item = place && (await addEntity(place));
  if (item) look(item.item);
}

export async function addMention() {
  const place = stretch();
  if (!place) return;
  const known = current()?.of;
  const entity = await chooseEntity("Whose mention is this?", known?.startsWith("e") ? known : null, null, false);
  if (!entity) return;
  const words = textOf(place);
  const isNamed = (held(entity)?.mentions ?? []).some(
    (/** @type {any} */ one) => one.form === "named" && one.text === words,
  );
  const mention = { ...place, form: isNamed || nameOf(entity).includes(words) ? "named" : "nominal" };
  lookAtNew(await decide("new mention", { op: "add_mention", item: entity, mention }));
}

export async function moveMention() {
  const item = current();
  if (!item) return;
  const entity = await chooseEntity("Of which entity is it a mention?", item.of, null, false);
  if (!entity || entity === item.of) return;
  const change = { op: "set_mention", item: item.item, form: item.value.form, entity };
  lookAtNew(await decide(`${titleOf(item)} is one of ${entity}`, change));
}

export async function sameAs() {
  const item = current();
  const into = item && (await chooseEntity(`${nameOf(item.of)} is the same as`, null, null, false, item.of));
  if (into && (await decide(`${item.of} is ${into}`, { op: "merge", item: item.of, into }))) look(into);
}

export async function editEntity() {
  const item = current();
  const known = item && held(item.of);
  if (!known) return;
  const given = await write(`Entity ${known.id}`, [
    { name: "name", label: "Name: the fullest in the article", value: known.name, isNeeded: true },
    { name: "type", label: "Type", choices: ENTITIES, value: known.type },
    {
      name: "value",
      label: "Day, month or year",
      value: known.value ?? "",
      hint: "of a DATE: 2021-09-06, 2021-09, 2021",
    },
    { name: "link", label: "Entry of entities.json", value: known.link ?? "", hint: "its id: sergey-lavrov" },
  ]);
  if (!given?.name) return;
  const facts = { name: given.name, type: given.type, value: given.value || null, link: given.link || null };
  await decide(`entity ${known.id}`, { op: "set_entity", item: known.id, ...facts });
}

export async function addTerm() {
  const place = stretch();
  const kind =
    place &&
    (await choose(
      "New term: of which kind?",
      TERMS.map((one) => ({ value: one, label: one })),
    ));
  if (kind) lookAtNew(await decide("new term", { op: "add_term", kind, span: place }));
}

export async function nameTerm() {
  const term = held(current()?.of ?? "");
  if (!term) return;
  const entity = await chooseEntity("What does the term name?", term.entity, placed(term.span), true);
  if (!entity) return;
  const named = entity === NOBODY ? null : entity;
  await decide(`entity of ${term.id}`, { op: "set_term", item: term.id, kind: term.kind, entity: named });
}

export async function setRole() {
  const place = state.chosen[0] ?? state.cursor?.place ?? current()?.spans[0];
  const paragraph = place && held(place.paragraph);
  if (!paragraph) return tell("Go to the paragraph in the text first.", true);
  const role = await choose(
    `What is ${paragraph.id}?`,
    ROLES.map((one) => ({ value: one, label: one })),
    paragraph.role,
  );
  if (role) await decide(`role of ${paragraph.id}`, { op: "set_role", item: paragraph.id, role });
}
