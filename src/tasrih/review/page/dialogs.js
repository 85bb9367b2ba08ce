/** Dialogs: to choose one of several things, to write something, to read something. Escape leaves them. */

import { at, make } from "./making.js";
import { folded } from "./names.js";

/** @typedef {{value: any, label: string, hint?: string, isNew?: boolean}} Choice */

/**
 * A dialog that gives what its reader decides, or null.
 * @param {string} title
 * @param {(close: (value: any) => void) => Node[]} content
 * @param {string} kind
 * @returns {Promise<any>}
 */
export function dialog(title, content, kind = "") {
  return new Promise((resolve) => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const made = /** @type {HTMLDialogElement} */ (make("dialog", { class: kind, "aria-label": title }));
    let value = /** @type {any} */ (null);
    const close = (/** @type {any} */ given) => {
      value = given;
      made.close();
    };
    const leave = make(
      "button",
      { type: "button", class: "close", "aria-label": "Close", onclick: () => close(null) },
      "×",
    );
    made.append(make("h2", {}, title), leave, ...content(close));
    made.addEventListener("close", () => {
      made.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(value);
    });
    at("dialogs").append(made);
    made.showModal();
    /** @type {HTMLElement | null} */ (made.querySelector("[autofocus]"))?.focus();
  });
}

/**
 * One of several choices, by the arrow keys, by the mouse, or by what is typed: names are found however they are spelt.
 * @param {string} title
 * @param {Choice[]} choices
 * @param {any} [chosen] the value that is chosen at first
 */
export function choose(title, choices, chosen) {
  return dialog(title, (close) => chooser(choices, chosen, close), "chooser");
}

/**
 * @param {Choice[]} choices
 * @param {any} chosen
 * @param {(value: any) => void} close
 */
function chooser(choices, chosen, close) {
  let shownOnes = choices;
  let place = Math.max(
    choices.findIndex((one) => one.value === chosen),
    0,
  );
  const field = /** @type {HTMLInputElement} */ (
    make("input", {
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "choices",
      dir: "auto",
      "aria-label": "Type to find",
      autocomplete: "off",
      autofocus: true,
    })
  );
  const list = make("ul", { id: "choices", role: "listbox", "aria-label": "Choices" });
  const show = () => {
    list.replaceChildren(...shownOnes.map((one, number) => option(one, number, number === place, close)));
    const active = list.children[place];
    if (active) field.setAttribute("aria-activedescendant", active.id);
    else field.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  };
  field.addEventListener("input", () => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    shownOnes = choices.filter(
      (one) => one.isNew || words.every((word) => folded(`${one.label} ${one.hint ?? ""}`).includes(word)),
    );
    place = 0;
    show();
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shownOnes.length) place = (place + step + shownOnes.length) % shownOnes.length;
    else if (event.key === "Enter" && !event.isComposing && shownOnes[place]) close(shownOnes[place].value);
    else return;
    event.preventDefault();
    show();
  });
  show();
  return [field, list];
}

/**
 * @param {Choice} one
 * @param {number} number
 * @param {boolean} isChosen
 * @param {(value: any) => void} close
 */
function option(one, number, isChosen, close) {
  const label = make("bdi", {}, one.label);
  const hint = one.hint ? make("span", { class: "faint" }, ` ${one.hint}`) : null;
  const properties = {
    role: "option",
    id: `choice-${number}`,
    "aria-selected": String(isChosen),
    onclick: () => close(one.value),
  };
  return make("li", properties, label, hint);
}

/**
 * Fields to fill in; gives their values by their names.
 * @param {string} title
 * @param {{name: string, label: string, value?: string, choices?: string[], isNeeded?: boolean, hint?: string}[]} fields
 */
export function write(title, fields) {
  return dialog(title, (close) => {
    const form = /** @type {HTMLFormElement} */ (make("form", { method: "dialog" }));
    form.append(...fields.map(fieldOf), make("p", {}, make("button", { type: "submit" }, "Done")));
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLSelectElement)) return;
      event.preventDefault(); // which would open the list, where in a field it is the end
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
      close(Object.fromEntries(given));
    });
    return [form];
  });
}

/**
 * @param {any} field
 * @param {number} number
 */
function fieldOf(field, number) {
  const properties = {
    name: field.name,
    required: field.isNeeded,
    autofocus: number === 0,
    dir: "auto",
    autocomplete: "off",
  };
  const made = field.choices
    ? make(
        "select",
        properties,
        ...field.choices.map((/** @type {string} */ one) => make("option", { selected: one === field.value }, one)),
      )
    : make("input", { ...properties, type: "text", value: field.value ?? "" });
  return make(
    "label",
    { class: "field" },
    field.label,
    made,
    field.hint ? make("small", { class: "faint" }, field.hint) : null,
  );
}
