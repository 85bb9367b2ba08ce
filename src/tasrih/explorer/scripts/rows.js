/** Answers as files: the rows that `tasrih quotes` writes, with the names of the columns where there are columns. */

const FORMULA = /^\s*[=+\-@]/u;
const COLUMNS = ["article", "quote", "type", "speaker", "cue", "text"];

/** @typedef {Record<string, string | null>} Row */

/** @param {unknown} value @returns {string} a value on one line */
function cell(value) {
  return value === null || value === undefined ? "" : String(value).replace(/[\t\n\r]/g, " ");
}

/** @param {string} given @returns {string} a cell of CSV that no spreadsheet takes for a formula */
function guarded(given) {
  const safe = FORMULA.test(given) ? `'${given}` : given;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @type {Record<string, { type: string, text: (rows: Row[]) => string }>} */
export const FORMATS = {
  tsv: {
    type: "text/tab-separated-values",
    text: (rows) => rows.map((row) => `${COLUMNS.map((name) => cell(row[name])).join("\t")}\n`).join(""),
  },
  json: { type: "application/json", text: (rows) => `${JSON.stringify(rows, COLUMNS, 2)}\n` },
  csv: {
    type: "text/csv",
    text: (rows) => {
      const cells = rows.map((row) => COLUMNS.map((name) => guarded(cell(row[name]))));
      return [COLUMNS, ...cells].map((line) => `${line.join(",")}\n`).join("");
    },
  },
};
