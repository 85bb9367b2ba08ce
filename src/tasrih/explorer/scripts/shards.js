/** Data of the site: each shard is a script that hands its value over, since a page on a disk can fetch nothing. */

/** @type {Map<string, (value: unknown) => void>} */
const waiting = new Map();
/** @type {Map<string, Promise<any>>} */
const found = new Map();

globalThis.tasrihShard = (name, value) => waiting.get(name)?.(value);

/**
 * The value of a shard; it is loaded once.
 * @param {string} root what leads from the page to the first page
 * @param {string} name as Python's `shard` has it
 * @returns {Promise<any>}
 */
export function loaded(root, name) {
  if (!found.has(name)) {
    found.set(name, new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = `${root}data/${name.split("/").map(encodeURIComponent).join("/")}.js`;
      script.addEventListener("error", () => reject(new Error(`${name} is not there`)));
      document.head.append(script);
    }));
  }
  return found.get(name);
}
