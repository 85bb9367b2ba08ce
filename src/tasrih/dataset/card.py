"""The dataset card: what a hub reads from its YAML, and what a person reads below it."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import pyarrow.compute as pc

from tasrih.cite import bibtex
from tasrih.columnar import constant, flags
from tasrih.dataset import description
from tasrih.dataset.configs import ARTICLES, CANARY, NAMES, QUESTIONS, ROWS, STANDOFF, WORDS, plain
from tasrih.dataset.description import Described
from tasrih.dataset.header import Rows, filled, first, header
from tasrih.dataset.manifest import File
from tasrih.dataset.parquet import table
from tasrih.dataset.paths import Folder
from tasrih.dataset.schemas import columns
from tasrih.dataset.splits import SPLITS
from tasrih.dataset.totals import Balance, Totals
from tasrih.terminal import clean
from tasrih.version import __version__

_BODY = Template(Path(__file__).with_name("card.md").read_text(encoding="utf-8"))
_SAID, _STANDOFF = WORDS["card"], WORDS["standoff"]
_REMOVAL = "## Maintenance"
_LONGEST = 20  # rows of a table of publishers
_ACTIVE = re.compile(r"[\\`*_\[\]|~$!#]|(?<=[a-z]):(?=//)|(?<=www)\.|@", re.IGNORECASE)
_LINK = re.compile(r"\[([^]]+)\]\((?!https?:)[^)]+\)|<!--.*?-->\n?")


def card(folder: Path, files: Sequence[File], described: Described, sheet: str | None, tables: Folder) -> str:
    """The text of the card of a dataset; `files` are its Parquet files in `tables`, `sheet` is its datasheet."""
    rows, (identity, counted, rights) = _rows(files), described
    quotes = "quotes" if "quotes" in rows else STANDOFF["quotes"]
    sections = list(_sections(sheet)) if sheet else []
    body = _BODY.substitute(
        title=cell(identity.title),
        about=cell(description.about(described)),
        tool=__version__,
        pictures=_pictures(folder),
        configs="\n".join(f"| `{config}`{_default(config, rows)} | {_row(config)} |" for config in rows),
        standoff=_standoff(counted),
        shown=quotes,
        example=_example(tables, files, quotes),
        whole=sum(rows[quotes].values()) - counted.interrupted[quotes],
        quotes=sum(rows[quotes].values()),
        loading=_loading(rows, quotes, identity.name),
        splits=_splits(rows),
        balance="\n\n".join(_balance(name, counted.balance[name], _articles(rows)) for name in WORDS["balance"]),
        removal=" and removal" if any(section.startswith(_REMOVAL) for section in sections) else "",
        rights=_rights(counted, rights),
        licence=_licence(described),
        texts=_texts(counted),
        evaluation=_SAID["evaluation"].format(canary=CANARY) if rows.keys() & QUESTIONS.keys() else "",
        sheet="\n\n".join(sections) or _SAID["no_sheet"],
        columns="\n\n".join(f"### `{config}`\n\n{_columns(config, rows)}" for config in rows),
        documents=_documents(folder, identity.version),
        citation=f"```bibtex\n{bibtex(identity)}\n```" if identity.citation else _SAID["no_citation"],
    )
    return f"---\n{header(rows, files, described).to_yaml()}\n---\n{body}"


def _pictures(folder: Path) -> str:
    """The pictures that lie beside the card."""
    pictures = WORDS["pictures"].items()
    return "".join(f"![{label}]({name})\n\n" for name, label in pictures if (folder / name).is_file())


def _rows(files: Sequence[File]) -> Rows:
    """The number of rows of each config in each split that there is."""
    counted: Rows = {}
    for config in NAMES:
        splits = Counter[str]()
        for file in files:
            if file.config == config:
                splits[file.split] += file.rows
        if splits:
            counted[config] = {split: splits[split] for split in SPLITS if split in splits}
    return counted


def _default(config: str, rows: Rows) -> str:
    return " (default)" if config == first(rows) else ""


def _row(config: str) -> str:
    """What a row of a config is."""
    if config in QUESTIONS:
        return str(QUESTIONS[config]["row"])
    told = ROWS[plain(config)]
    return f"{told}; {_STANDOFF['row']}" if config in STANDOFF.values() else told


def _standoff(counted: Totals) -> str:
    """What the stand-off configs are, if there are any."""
    if not counted.standoff:
        return ""
    return f"{_STANDOFF['told'].format(description.share(counted.standoff, counted))} {_STANDOFF['null']}\n\n"


def _loading(rows: Rows, quotes: str, name: str) -> str:
    """How to load quotes and tokens, where there are some."""
    split = next(iter(filled(rows).get(quotes, rows[first(rows)])))
    parts = ("quotes", "tokens") if "tokens" in rows else ("quotes",)
    return "\n".join(_SAID[f"load_{part}"].format(name=name, quotes=quotes, split=split) for part in parts)


def _articles(rows: Rows) -> dict[str, int]:
    """The number of articles in each split that there is, stand-off ones and others."""
    counted = sum((Counter(rows.get(config, {})) for config in ARTICLES), Counter[str]())
    return {split: counted[split] for split in SPLITS if any(split in rows.get(config, {}) for config in ARTICLES)}


def _splits(rows: Rows) -> str:
    splits = list(_articles(rows))
    table = counts_table("rows", splits, {config: counts for config, counts in rows.items() if config != "sample"})
    if any(not count for counts in rows.values() for count in counts.values()):
        table += "\n\n`datasets` loads no split without rows; where there are none, it is missing there."
    if len(splits) > 1:
        return table
    return f"There is one split, `{splits[0]}`: the corpus is too small to divide.\n\n{table}"


def _balance(name: str, balance: Balance, splits: dict[str, int]) -> str:
    """A row for each value, the most frequent first, with its count and share in each split."""
    every = sum(balance.values(), Counter[str]())
    most = sorted(every, key=lambda value: (-every[value], value))
    rows = {
        cell(value): {split: balance[split][value] for split in splits if split in balance} for value in most[:_LONGEST]
    }
    table = counts_table(WORDS["balance"][name], list(splits), rows)
    rest = len(most) - _LONGEST
    return f"{table}\n\nThere are {rest} more." if rest > 0 else table


def _rights(counted: Totals, rights: str) -> str:
    full = counted.articles - counted.standoff
    kind, articles = (rights, counted.restricted) if counted.restricted else ("none", full)
    told = str(WORDS["rights"][kind]).format(description.share(articles, counted))
    return " ".join([*([told] if full else []), *([_STANDOFF["rights"]] if counted.standoff else [])])


def _licence(described: Described) -> str:
    """What the corpus is under, as a whole."""
    identity = described.identity
    see = _SAID["licence_file"] if identity.document(*description.LICENCES) else ""
    if identity.license is None:
        return str(_SAID["no_licence"]).format(see)
    return str(_SAID["licence"]).format(cell(identity.license), see)


def _texts(counted: Totals) -> str:
    """A row for each thing that records say of their texts, the most frequent first."""
    lines = ["| origin | licence of the text | may it be passed on? | articles |", "| --- | --- | --- | ---: |"]
    texts = counted.texts + counted.absent
    for text, articles in sorted(texts.items(), key=lambda item: (-item[1], str(item[0])))[:_LONGEST]:
        licence = cell(text.license or "none known")
        lines.append(f"| {text.origin} | {licence} | {WORDS['redistribution'][text.redistribution]} | {articles} |")
    rest = len(texts) - _LONGEST
    return "\n".join([*lines, *([f"\nThere are {rest} more."] if rest > 0 else [])])


def _documents(folder: Path, version: str | None) -> str:
    """What the other files are."""
    there = {name: what for name, what in WORDS["documents"].items() if (folder / name).is_file()}
    new = f" in version {cell(version)}" if version else ""
    return "".join(f" `{name}` {what}{new if name == 'CHANGELOG.md' else ''}." for name, what in there.items())


def promised(card: str) -> set[str]:
    """The documents that a card says are there."""
    named = {name for name, what in WORDS["documents"].items() if f" `{name}` {what}" in card}
    return named | {"LICENSE"} if _SAID["licence_file"] in card else named


def _sections(sheet: str) -> Iterator[str]:
    """The parts of a datasheet that a user of the dataset needs, under titles of their own."""
    parts = re.split(r"^## (.*)\n", sheet, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    for title, heading in WORDS["sheet"].items():
        if title in found:
            yield f"## {heading}\n\n{_LINK.sub(lambda match: match[1] or '', found[title]).strip()}"


def _columns(config: str, rows: Rows) -> str:
    """The columns of a config; of a stand-off one, or one of questions, those of another, where that is there."""
    same = next((name for name in QUESTIONS if name in rows), config) if config in QUESTIONS else plain(config)
    if same == config or same not in rows:
        return _table(config)
    return str(_SAID["same_columns"] if config in QUESTIONS else _STANDOFF["columns"]).format(same)


def _table(config: str) -> str:
    lines = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns(config)]
    return "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *lines])


def _example(folder: Folder, files: Sequence[File], config: str) -> str:
    """The first direct quote whose text is there (of a stand-off config the first of all) as JSON; null for none."""
    for file in files:
        if file.config == config:
            with table(folder / file.path) as quotes:
                for group in range(quotes.num_row_groups):
                    found = quotes.read_row_group(group, ["type", "text"])
                    fits = found["text"].is_valid() if config == "quotes" else found["text"].is_null()
                    fitting = pc.and_(pc.equal(found["type"], constant("direct")), fits).combine_chunks()
                    for place in np.flatnonzero(flags(fitting))[:1].tolist():
                        row = quotes.read_row_group(group).slice(place, 1).to_pylist()[0]
                        return as_json(row)
    return "null"


def counts_table(what: str, splits: list[str], rows: dict[str, dict[str, int]]) -> str:
    """A table of counts: a line for each of `rows`, a column for each of `splits`."""
    lines = [f"| {what} | {' | '.join(splits)} |", "| --- |" + " ---: |" * len(splits)]
    lines += [
        f"| {name} | {' | '.join(str(counts.get(split, 0)) for split in splits)} |" for name, counts in rows.items()
    ]
    return "\n".join(lines)


def cell(text: str) -> str:
    """Words of a record as a cell that shows them as they are, whatever Markdown or HTML they look like."""
    plain = clean(" ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")
    return _ACTIVE.sub(r"\\\g<0>", plain)


def as_json(value: Any) -> str:
    """JSON that ends no block of code, and reorders nothing around it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(char if char == "\n" or clean(char) == char != "`" else f"\\u{ord(char):04x}" for char in text)
