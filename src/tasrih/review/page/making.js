/** Elements made of plain text: nothing that a record says is ever markup, and nothing in it reorders the page. */

/** What tasrih.terminal.clean shows by a sign as well; joiners stay, they are a part of words. */
const UNSEEN =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\xad\u034f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\u2028\u2029\ufff0-\ufffc\u{e0000}-\u{e007f}]/gu;

/**
 * Text as it can be shown, code point for code point.
 * @param {string} text
 */
export const shown = (text) => text.replace(/[\t\n]/g, " ").replace(UNSEEN, "\ufffd");

/** @param {string} id */
export const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * An element.
 * @param {string} name
 * @param {Record<string, any>} properties attributes; `on…` are listeners; what is null, undefined or false is left out
 * @param {...(string | Node | null | undefined)} content
 */
export function make(name, properties = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, shown(String(value)));
  }
  made.append(...content.filter((part) => part !== null && part !== undefined).map(plain));
  return made;
}

/** @param {string | Node} part */
const plain = (part) => (typeof part === "string" ? shown(part) : part);

/** @param {string} text */
export const arabic = (text) => make("bdi", { lang: "ar" }, text);

/**
 * A button. The second click of a double click does nothing: the first may have brought another item to its place.
 * @param {string | Node} label
 * @param {() => void} work
 * @param {Record<string, any>} properties
 */
export function button(label, work, properties = {}) {
  const onclick = (/** @type {MouseEvent} */ event) => event.detail < 2 && work();
  return make("button", { type: "button", ...properties, onclick }, label);
}

/**
 * Fills an element anew; what had the focus in it, by its `data-focus`, has it again.
 * @param {HTMLElement} element
 * @param {(Node | null)[]} content
 */
export function fill(element, content) {
  const held = element.contains(document.activeElement) ? document.activeElement : null;
  const name = /** @type {HTMLElement | null} */ (held)?.dataset.focus;
  element.replaceChildren(...content.filter((node) => node !== null));
  if (!held || held === element || document.contains(held)) return;
  const named = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-focus]")]);
  const again = named.find((one) => one.dataset.focus === name) ?? element.closest("[tabindex]");
  /** @type {HTMLElement} */ (again ?? document.body).focus({ preventScroll: true });
}
