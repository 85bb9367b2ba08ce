/** A field that leaves of a table the rows whose words it has. Without a script the table is whole, and no field is there. */

import { fold } from "./letters.js";

for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-filter]"))) {
  const rows = [...document.getElementById(field.dataset.filter).querySelectorAll("tbody tr")];
  const words = rows.map((row) => fold(row.textContent));
  const told = field.closest("p").querySelector("output");
  field.closest("p").hidden = false;
  field.addEventListener("input", () => {
    const wanted = fold(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, number) => {
      row.hidden = !wanted.every((word) => words[number].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    told.textContent = wanted.length ? `${shown} of ${rows.length}` : "";
  });
}
