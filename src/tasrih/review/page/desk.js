// The first page of the desk: articles, their items, and a button for each decision.

/** @type {{key: string, version: string} | null} */
let open = null;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * Asks the desk; throws its sentence when it refuses.
 * @param {string} path
 * @param {object} [body]
 */
async function ask(path, body) {
  const asked = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`api/${path}`, asked);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

/** @param {string} text */
const say = (text) => { at("state").textContent = text; };

/**
 * An element with a text, or with others in it.
 * @param {string} name
 * @param {...(string | Node)} content
 */
function make(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

/** @param {string} text */
function arabic(text) {
  const made = make("bdi", text);
  made.lang = "ar";
  made.dir = "rtl";
  return made;
}

/**
 * A button that does something, and says what came of it.
 * @param {string} label
 * @param {() => Promise<void>} work
 */
function button(label, work) {
  const made = make("button", label);
  made.type = "button";
  made.addEventListener("click", () => work().catch((error) => say(error.message)));
  return made;
}

async function list(start = 0) {
  const { total, articles } = await ask(`articles?start=${start}`);
  for (const article of articles) {
    const shown = article.error
      ? make("span", make("bdi", article.file), ` is broken: ${article.error}`)
      : button(`${article.file}: ${article.open} of ${article.items} open`, () => read(article.key));
    at("articles").append(make("li", shown));
  }
  const next = start + articles.length;
  at("more").hidden = next >= total;
  at("more").onclick = () => list(next);
}

/** @param {string} key */
async function read(key) {
  show(await ask(`article?key=${encodeURIComponent(key)}`));
}

/** @param {object} change */
async function change(change) {
  show(await ask("change", { ...open, change }));
}

/** @param {any} article */
function show(article) {
  if (article.moved) {
    at("article").hidden = true;
    say(`Confirmed: ${article.moved}`);
    return;
  }
  open = { key: article.key, version: article.version };
  at("article").hidden = false;
  at("title").textContent = article.record.paragraphs[0].text;
  at("text").replaceChildren(...article.record.paragraphs.map((paragraph) => make("p", paragraph.text)));
  at("items").replaceChildren(...article.items.map(item));
  at("findings").replaceChildren(
    ...article.findings.map((found) => make("li", `${found.item ?? ""} ${found.code} ${found.severity}: ${found.message}`)),
  );
  say([`${article.open} open.`, ...(article.told ?? [])].join(" "));
}

/** @param {any} item */
function item(item) {
  const words = item.spans.map((span) => span.text).join(" … ");
  const made = make("li", `${item.item} ${item.kind} `, arabic(words), ` ${item.confidence ?? ""} `);
  made.className = item.decided ? "decided" : "open";
  made.dataset.item = item.item;
  if (!item.decided && item.kind !== "question") {
    made.append(button("Accept", () => change({ op: "accept", items: [item.item] })));
  }
  if (item.kind !== "question") made.append(button("Reject", () => change({ op: "remove", item: item.item })));
  return made;
}

at("undo").addEventListener("click", () => ask("undo", open).then(show).catch((error) => say(error.message)));
at("confirm").addEventListener("click", () => ask("confirm", open).then(show).catch((error) => say(error.message)));
list().catch((error) => say(error.message));
