/** Quotes, and who says them to whom in which words. */

import { choose } from "./dialogs.js";
import { NOBODY, chooseEntity } from "./entities.js";
import { chosen, lookAtNew, overlap, placed, quoteHere, stretch } from "./here.js";
import { TYPES, everybody } from "./names.js";
import { decide } from "./sending.js";
import { current, held, look, state } from "./state.js";
import { textOf } from "./text.js";

/** @typedef {import("./state.js").Place} Place */

export async function addQuote() {
  const spans = state.chosen.map(placed);
  const before = textBefore(state.chosen[0]);
  const guess = /[«"“„”]$/.test(before) ? "direct" : "indirect";
  const type = await choose(
    "New quote: of which type?",
    TYPES.map((one) => ({ value: one, label: one })),
    guess,
  );
  if (type) lookAtNew(await decide("new quote", { op: "add_quote", type, spans }));
}

/** @param {Place} place */
const textBefore = (place) => textOf({ ...place, start: Math.max(place.start - 1, 0), end: place.start });

export async function setCue() {
  const quote = quoteHere();
  if (!quote) return;
  const place = chosen() ? stretch() : null;
  if (chosen() && !place) return;
  if (!place) {
    const kind = await choose("What reports this quote?", [{ value: NOBODY, label: "nothing reports it" }]);
    if (kind) await decide(`no cue of ${quote.id}`, { op: "set_cue", item: quote.id, cue: null });
    return;
  }
  const kind = quote.cue?.kind ?? "verb";
  const cue = { ...place, kind };
  if (await decide(`cue of ${quote.id}`, { op: "set_cue", item: quote.id, cue })) look(`${quote.id}.cue`);
}

/** @param {"speaker" | "addressee"} role */
export async function choosePerson(role) {
  const quote = quoteHere();
  if (!quote) return;
  const place = chosen() ? stretch() : null;
  if (chosen() && !place) return;
  const known = quote[role];
  const entity = await chooseEntity(`${role} of ${quote.id}`, known?.entity, place, true);
  if (!entity) return;
  if (entity === NOBODY)
    return void (await decide(`no ${role} of ${quote.id}`, { op: `set_${role}`, item: quote.id, [role]: null }));
  const isSame = known && !place;
  const person = {
    entity,
    form: place ? formOf(place, entity) : isSame ? known.form : "elided",
    span: place ?? (isSame ? known.span : null),
    others: [],
  };
  await setPerson(role, person, quote.id);
}

/**
 * @param {string} role
 * @param {any} person
 * @param {string} id
 */
export async function setPerson(role, person, id = quoteHere()?.id) {
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

export async function together() {
  const item = current();
  const quote = quoteHere();
  if (!item || !quote) return;
  const known = quote[item.kind];
  const entity = await chooseEntity(
    `Who else, with ${everybody(known)}? Once more takes away.`,
    null,
    null,
    false,
    known.entity,
  );
  if (!entity) return;
  const others = known.others ?? [];
  const isThere = others.includes(entity);
  await setPerson(item.kind, {
    ...known,
    others: isThere ? others.filter((/** @type {string} */ one) => one !== entity) : [...others, entity],
  });
}

export async function relations() {
  const quote = quoteHere();
  if (!quote) return;
  const quotes = state.article.record.quotes.filter((/** @type {any} */ one) => one.id !== quote.id);
  const wordsIn = (/** @type {any} */ one) =>
    one.spans
      .map((/** @type {any} */ span) => span.text)
      .join(" … ")
      .slice(0, 90);
  const choices = ["parent", "continues"].flatMap((relation) => [
    { value: [relation, null], label: relation === "parent" ? "stands inside no other" : "resumes no other" },
    ...quotes.map((/** @type {any} */ one) => ({
      value: [relation, one.id],
      label: wordsIn(one),
      hint: `${relation === "parent" ? "stands inside" : "resumes"} ${one.id}`,
    })),
  ]);
  const found = await choose(`${quote.id}: inside which quote does it stand, which does it resume?`, choices);
  if (!found) return;
  const now = { parent: quote.parent ?? null, continues: quote.continues ?? null, [found[0]]: found[1] };
  await decide(`${found[0]} of ${quote.id}`, { op: "set_relations", item: quote.id, ...now });
}
