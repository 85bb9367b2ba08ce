"""What the site adds to the pages: the contents, and what is generated where a page says `<!-- site: NAME -->`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from conf import CONTENTS
from docutils import nodes

import tasrih
from tasrih.dataset.configs import NAMES, ROWS
from tasrih.dataset.schemas import columns

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"^<!-- site: (\w+) -->$", re.MULTILINE)
IN_ARABIC = "docs/ar/"
GUIDELINES = (ROOT / "corpus/GUIDELINES.md").read_text(encoding="utf-8")
NUMBERS = set(re.findall(r"^(?:## )?(\d+(?:\.\d+)?)\.? ", GUIDELINES, re.MULTILINE))
SCHEMAS = {"article": "Article", "entities": "Register of entities", "predictions": "Predictions"}
ARABIC = "[\u0600-\u06ff\u0750-\u077f]+"
RUN = re.compile(f'({ARABIC}(?:[ "«»…،؛-]{{1,3}}{ARABIC})*)')
UNTOUCHED = (nodes.literal, nodes.FixedTextElement, nodes.raw, nodes.title)
LONGEST_EXAMPLE = 60  # letters: beyond them, a nested object, which has a table of its own


def contents() -> str:
    """The contents as Sphinx reads them."""
    return "\n".join(part for title, pages in CONTENTS.items() for part in _part(title, pages))


def _part(title: str, pages: list[str]) -> Iterator[str]:
    yield from ("```{toctree}", ":hidden:", f":caption: {title}", "")
    for page in pages:
        yield re.sub(r"^(.*<)?(.*)\.\w+", r"\1/\2", page)
    yield "```"


def configs() -> str:
    """The columns of every config."""
    return "\n".join(line for config in NAMES if config in ROWS for line in _config(config))


def _config(config: str) -> Iterator[str]:
    yield from (
        f"## {config}",
        "",
        f"A row is {ROWS[config]}.",
        "",
        "| column | type | meaning |",
        "| --- | --- | --- |",
    )
    for column in columns(config):
        yield f"| `{column.name}` | {column.type} | {column.meaning} |"
    yield ""


def schema() -> str:
    """The schemas, field by field."""
    return "\n".join(line for name, title in SCHEMAS.items() for line in _schema(name, title))


def _schema(name: str, title: str) -> Iterator[str]:
    told = json.loads((ROOT / f"schema/v1/{name}.schema.json").read_text(encoding="utf-8"))
    yield from (f"## {title}", "", f"[{name}.schema.json](../../schema/v1/{name}.schema.json)", "")
    yield from _object(told, name)
    for kind, model in told["$defs"].items():
        yield from (f"({name}-{kind.lower()})=", f"### {kind}", "")
        yield from _object(model, name) if "properties" in model else (_value(model, name), "")


def _object(model: dict[str, Any], name: str) -> Iterator[str]:
    """What an object is, and a row for each of its fields."""
    yield from (model.get("description", ""), "", "| field | value | meaning | example |", "| --- | --- | --- | --- |")
    for field, told in model["properties"].items():
        need = "" if field in model.get("required", ()) else " (optional)"
        example = "".join(map(_code, told.get("examples", [])[:1]))
        shown = example if len(example) < LONGEST_EXAMPLE else ""
        cells = [f"`{field}`{need}", _value(told, name), told.get("description", ""), shown]
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""


def _value(told: dict[str, Any], name: str) -> str:
    """What a field can hold."""
    if "$ref" in told:
        kind = told["$ref"].rpartition("/")[2]
        return f"[{kind}](#{name}-{kind.lower()})"
    if "anyOf" in told:
        return " or ".join(_value(one, name) for one in told["anyOf"])
    if "enum" in told:
        return ", ".join(map(_code, told["enum"]))
    if "const" in told:
        return _code(told["const"])
    if "items" in told:
        return f"list of {_value(told['items'], name)}"
    kind = told["description"] if "pattern" in told and "description" in told else told.get("type", "any value")
    bounds = [f"{word} {told[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in told]
    return " ".join([kind, *bounds])


def _code(value: object) -> str:
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"`{written}`"


def notebook(source: str) -> str:
    """A notebook as a page: its words, its code, and what that shows."""
    return "\n\n".join(part for cell in json.loads(source)["cells"] for part in _cell(cell))


def _cell(cell: dict[str, Any]) -> Iterator[str]:
    written = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield written
        return
    yield f"```python\n{written}\n```"
    for output in cell["outputs"]:
        told = output.get("data", {})
        if "text/html" in told:
            yield f'```{{raw}} html\n<div class="shown" tabindex="0">\n{"".join(told["text/html"])}\n</div>\n```'
        else:
            yield f"```text\n{''.join(told.get('text/plain', output.get('text', ''))).rstrip()}\n```"


def numbered(guidelines: str) -> str:
    """The guidelines with an anchor at each section (`g-4`) and rule (`g-4-3`), and links from one rule to another."""
    text = re.sub(r"^## (\d+)\. ", r"(g-\1)=\n\g<0>", guidelines, flags=re.MULTILINE)
    text = re.sub(r"^(\d+)\.(\d+) ", r"(g-\1-\2)=\n\g<0>", text, flags=re.MULTILINE)
    return re.sub(r"(?<=\()\d+\.\d+(?:, \d+\.\d+)*(?=\))", _linked, text)


def referred(page: str) -> str:
    """A page whose words `guidelines 4.3` lead there; what stands in boxes stays."""
    parts = page.split("```")
    parts[::2] = (re.sub(r"(?<=guidelines )\d+(?:\.\d+)?(?:, \d+\.\d+)*", _linked, part) for part in parts[::2])
    return "```".join(parts)


def _linked(numbers: re.Match[str]) -> str:
    return re.sub(r"\d+(?:\.\d+)?", _link, numbers[0])


def _link(number: re.Match[str]) -> str:
    return f"[{number[0]}](#g-{number[0].replace('.', '-')})" if number[0] in NUMBERS else number[0]


ANCHORED = {"corpus/GUIDELINES": numbered, "docs/rules": referred}
GENERATED = {"configs": configs, "schema": schema}


def read(app: Any, name: str, source: list[str]) -> None:
    """What Sphinx reads for a page."""
    if app.env.doc2path(name).suffix == ".ipynb":
        source[0] = notebook(source[0])
    if name.startswith(IN_ARABIC):
        source[0] = re.sub("^</?div.*>$", "", source[0], flags=re.MULTILINE)  # for GitHub; here `finish` does it
    if not re.search("^# ", source[0], re.MULTILINE):
        source[0] = f"# {name.rpartition('/')[2].capitalize()}\n\n{source[0]}"
    if name in ANCHORED:
        source[0] = ANCHORED[name](source[0])
    source[0] = PLACE.sub(lambda place: GENERATED[place[1]](), source[0])
    if name == app.config.root_doc:
        source[0] += contents()


def at_the_root(app: Any, failed: Exception | None) -> None:
    """Lets the folder's own index lead to the home page, which is where GitHub shows it: in docs/."""
    if failed is None:
        home = f"{app.config.root_doc}.html"
        head = f'<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={home}"><title>Tasrih</title>'
        page = f'<!doctype html>\n<html lang="en">\n{head}\n<a href="{home}">Tasrih</a>\n</html>\n'
        (Path(app.outdir) / "index.html").write_text(page, encoding="utf-8")


def isolate(app: Any, page: nodes.document) -> None:
    """Says of Arabic words in an English page that they are Arabic, so that they turn nothing around them."""
    if app.env.docname.startswith(IN_ARABIC):
        return
    for text in list(page.findall(nodes.Text)):
        if RUN.search(text) and not isinstance(
            text.parent, (nodes.literal, nodes.FixedTextElement, nodes.raw, nodes.title)
        ):
            parts = enumerate(RUN.split(text))
            text.parent.replace(text, [_bdi(part) if number % 2 else nodes.Text(part) for number, part in parts])


def _bdi(words: str) -> nodes.raw:
    return nodes.raw("", f'<bdi lang="ar">{words}</bdi>', format="html")


def finish(_: Any, name: str, __: str, context: dict[str, Any], ___: Any) -> None:
    """Lets an Arabic page, and its contents at the side, run from right to left; what is around them is English.

    Who reads with keys can scroll code, and the parts of the contents are headings whose level Sphinx does not tell.
    """
    tree = "furo_navigation_tree"
    context[tree] = context[tree].replace('role="heading"', 'role="heading" aria-level="2"')
    context["body"] = context.get("body", "").replace("<pre>", '<pre tabindex="0">')
    if name.startswith(IN_ARABIC):
        context["language"] = "ar"  # its title, and what a browser takes it for; templates/page.html has the frame
        for part in ("body", "toc"):
            context[part] = f'<div class="arabic" lang="ar" dir="rtl">{context[part]}</div>'


def public(app: Any, env: Any, node: Any, words: Any) -> Any:
    """Lets a type in a signature lead to the entry of its public name, which is not where its module is."""
    name = node.get("reftarget", "").rpartition(".")[2]
    if name not in tasrih.__all__ or node.get("refdomain") != "py":
        return None
    home = getattr(tasrih, name).__module__
    if node["reftarget"] not in (f"{home}.{name}", name):
        return None
    return env.get_domain("py").resolve_xref(env, node["refdoc"], app.builder, "class", f"tasrih.{name}", node, words)


def setup(app: Any) -> dict[str, bool]:
    """Tells Sphinx when to call."""
    app.connect("source-read", read)
    app.connect("doctree-read", isolate)
    app.connect("html-page-context", finish, priority=900)  # after the theme
    app.connect("build-finished", at_the_root)
    app.connect("missing-reference", public)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
