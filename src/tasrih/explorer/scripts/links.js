/** Links of an article's page that would be a tenth of all pages: ids to their own places, and phenomena to their pages. */

const ID = /^\s*([a-z]\d+)(?=\s|$)/;

/** @param {string} address @param {string} words @returns {HTMLAnchorElement} */
function linked(address, words) {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = words;
  return made;
}

/** @param {Element} element whose text begins with an id, which is made a link to what has it */
function linkId(element) {
  const text = /** @type {Text} */ (element.firstChild);
  const [begun, id] = ID.exec(text.data) ?? ["", ""];
  if (!id) return;
  text.data = text.data.slice(begun.length);
  text.before(linked(`#${id}`, id));
}

/** @param {Element} element with names of phenomena @param {string} root */
function linkPhenomena(element, root) {
  const parts = element.textContent.split(/([a-z\d]+(?:-[a-z\d]+)*)/);
  element.replaceChildren(
    ...parts.map((part, number) => (number % 2 ? linked(`${root}phenomena/${part}.html`, part) : part)),
  );
}

/** @param {string} root what leads to the first page */
export function link(root) {
  document.querySelectorAll(".margin li, .margin .place, tr[id] > td:first-child").forEach(linkId);
  document.querySelectorAll(".hard").forEach((element) => linkPhenomena(element, root));
}
