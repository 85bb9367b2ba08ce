/** The page of an article: what belongs to one quote lights together, and is told. All is there without this as well. */

import { link } from "./links.js";

link(document.body.dataset.root ?? "");

/** @type {Map<string, Element[]>} the elements by the ids that they belong to */
const parts = new Map();
for (const element of document.querySelectorAll("[data-of], .margin li")) {
  for (const id of names(element)) {
    parts.set(id, [...(parts.get(id) ?? []), element]);
  }
}
const told = document.querySelector(".told");
/** @type {string[]} the ids that the address names, which stay lit while nothing else is */
let kept = [];

/**
 * The ids that an element belongs to: a note in the margin says it by its own id.
 * @param {HTMLElement} element
 * @returns {string[]}
 */
function names(element) {
  return (element.dataset.of ?? element.id).split("+");
}

/**
 * Lights all parts of some ids, and nothing else.
 * @param {string[]} ids
 */
function light(ids) {
  document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
  ids.flatMap((id) => parts.get(id) ?? []).forEach((element) => element.classList.add("lit"));
  tell(ids);
}

/**
 * Says what ids stand for: what the margin or the list of entities has of them.
 * @param {string[]} ids
 */
function tell(ids) {
  const notes = ids.map((id) => document.getElementById(id)).filter((note) => note !== null && !note.matches(".words"));
  told.replaceChildren(...notes.flatMap((note, place) => [place ? " | " : "", ...words(note)]));
  told.hidden = notes.length === 0;
}

/**
 * Copies of what a note holds, without links and ids.
 * @param {Element} note a note in the margin, or a row of the list of entities
 * @returns {Node[]}
 */
function words(note) {
  const cells = note.matches("tr") ? [...note.cells].slice(0, 3) : [note];
  const nodes = cells.flatMap((cell) => [...cell.childNodes, document.createTextNode(" ")]);
  return nodes.map((node) => (node.nodeName === "A" ? document.createTextNode(node.textContent) : node.cloneNode(true)));
}

/** Lights what the address names, `#q3` or `#e2`, and shows where that begins in the text. */
function follow() {
  const id = location.hash.slice(1);
  kept = parts.has(id) ? [id] : [];
  light(kept);
  document.querySelector(".words .lit")?.scrollIntoView({ block: "center" });
}

for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const row = event.target.closest("[data-of], .margin li, tr[id]");
    light(row ? names(row) : kept);
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    kept = [];
    light(kept);
  }
});
addEventListener("hashchange", follow);
addEventListener("load", () => requestAnimationFrame(follow));  // the browser itself goes to the list before
follow();
