"""Writes docs/formats.md from the registry of formats; with --check, says whether it is stale."""

import sys
from collections.abc import Iterator

from generated import ROOT, arguments, settle

from tasrih.interchange.formats import Format
from tasrih.interchange.regions import KINDS, RELATIONS
from tasrih.interchange.registry import FORMATS

PAGE = ROOT / "docs" / "formats.md"
HEAD = """# Formats

```sh
tasrih export --to FORMAT [PATH]... --out FOLDER
tasrih import FORMAT PATH... --out FOLDER
tasrih import FORMAT PATH... --onto CORPUS
```

A record says more than other formats can. `export` tells at the end how often it left something out. With `--onto`,
what comes back is put into the record that it was made of, by the ids: what the format cannot say is kept, and only
what was changed in the other tool is changed in the corpus. What cannot be read is named with its file and line, and
the rest goes on. New items get the next free ids. A file in which nothing is marked any more changes nothing.

This page is generated from the formats as the code has them; the tests fail when it is stale.

"""


REGIONS = """## What is marked

Formats that mark stretches of a text (brat, Web Annotation …) have the article as one text, a paragraph a line, and the
same things marked in it. A quote leads to its cue, and to the phrase that says who speaks, which refers to a mention;
where the speaker is elided, it leads to the first mention of the speaker. The mentions of an entity lead to its first,
which has what is said of the entity.

"""


def _kinds() -> str:
    """The kinds of regions with their attributes and relations."""
    rows = "".join(f"| {kind} | {', '.join(attributes)} | {_relations(kind)} |\n" for kind, attributes in KINDS.items())
    return f"| what | attributes | relations |\n| --- | --- | --- |\n{rows}"


def _relations(kind: str) -> str:
    return ", ".join(
        f"`{name}` to a {' or a '.join(targets)}" for name, (sources, targets) in RELATIONS.items() if kind in sources
    )


def page() -> str:
    """The page."""
    rows = "".join(
        f"| [{name}](#{name}) | {_ways(one)} | {_files(one)} | {_needs(one)} |\n" for name, one in FORMATS.items()
    )
    marked = f"{REGIONS}{_kinds()}\n"
    table = f"| format | ways | files | needs |\n| --- | --- | --- | --- |\n{rows}\n"
    return (HEAD + table + marked + "\n".join(section(name, one) for name, one in FORMATS.items())).rstrip() + "\n"


def _ways(one: Format) -> str:
    return " and ".join(way for way, there in (("in", one.read), ("out", one.write)) if there)


def _files(one: Format) -> str:
    suffixes = ", ".join(f"`{suffix}`" for suffix in one.suffixes)
    if one.stream:
        return f"{suffixes}, one for all articles{' of a split' if one.stream.parts else ''}"
    return suffixes


def _needs(one: Format) -> str:
    return f"`pip install 'tasrih[{one.extra}]'`" if one.extra else ""


def section(name: str, one: Format) -> str:
    """What a format is, and the table of its losses."""
    return "".join(_section(name, one))


def _section(name: str, one: Format) -> Iterator[str]:
    yield f"## {name}\n\n{one.label}. {one.about}\n"
    if common := one.common():
        yield f"\nBeside the articles it has {', '.join(f'`{file}`' for file in common)}.\n"
    if one.without_words:
        yield "\nRecords without their words are written as well.\n"
    if one.losses:
        yield "\n| what it cannot say | why |\n| --- | --- |\n"
        yield from (f"| `{loss.path}` | {loss.why} |\n" for loss in one.losses)
    elif one.read and one.write:
        yield "\nEvery record comes back as it went.\n"
    if not one.read:
        yield "\nIt is only written.\n"


def main() -> int:
    given = arguments(__doc__).parse_args()
    return settle({PAGE: page()}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
