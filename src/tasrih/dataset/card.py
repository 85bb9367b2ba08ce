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
import pyarrow.parquet as pq

from tasrih.cite import bibtex
from tasrih.columnar import flags
from tasrih.dataset import description
from tasrih.dataset.configs import ROWS
from tasrih.dataset.description import Described
from tasrih.dataset.features import ALL, columns
from tasrih.dataset.header import Rows, filled, header
from tasrih.dataset.manifest import File
from tasrih.dataset.splits import SPLITS
from tasrih.dataset.totals import Balance, Totals
from tasrih.terminal import clean
from tasrih.version import __version__

_BODY = Template(Path(__file__).with_name("card.md").read_text(encoding="utf-8"))
_PICTURES = {
    "corpus.svg": "Articles by number of quotes; quotes by type, kind of cue and form of the speaker",
    "phenomena.svg": "Articles by phenomenon",
}
_SHEET = {
    "Motivation": "Why it was made",
    "Collection process": "Where the texts come from",
    "Preprocessing, cleaning and labelling": "How it was annotated",
    "Uses": "Uses, misuses and bias",
    "Distribution": "Distribution",
    "Maintenance": "Maintenance",
}
_NO_SHEET = "No datasheet came with these records: how they were chosen and annotated is not described here."
_REMOVAL = "## Maintenance"
_DOCUMENTS = {
    "entities.json": "is the register of who is who across the articles",
    "CHANGELOG.md": "says what is new",
    "CITATION.cff": "says whose work it is",
}
_LICENCE = " See `LICENSE`."
_NO_CITATION = "No citation file came with these records: they do not say how to cite them."
_OF_TEXTS = "A text has that licence only where its record says so (`metadata.rights`):"
_PASSED_ON = {"permitted": "yes", "forbidden": "no", "unknown": "not known"}
_BALANCE = {"collection": "articles of the collection", "publisher": "articles of", "type": "quotes of type"}
_LONGEST = 20  # rows of a table of publishers
_ACTIVE = re.compile(r"[\\`*_\[\]|~$!#]|(?<=[a-z]):(?=//)|(?<=www)\.|@", re.IGNORECASE)
_LINK = re.compile(r"\[([^]]+)\]\((?!https?:)[^)]+\)|<!--.*?-->\n?")


def card(folder: Path, files: Sequence[File], described: Described, sheet: str | None) -> str:
    """The text of the card of a dataset; `files` are its Parquet files in `folder`, `sheet` is its datasheet."""
    rows, (identity, counted, rights) = _rows(files), described
    sections = list(_sections(sheet)) if sheet else []
    body = _BODY.substitute(
        title=cell(identity.title),
        about=cell(description.about(described)),
        tool=__version__,
        pictures=_pictures(folder),
        configs="\n".join(f"| `{config}`{_default(config)} | {ROWS[config]} |" for config in rows),
        example=_example(folder, files),
        whole=counted.quotes - counted.interrupted,
        quotes=counted.quotes,
        name=identity.name,
        split=next(iter(filled(rows).get("quotes", rows["articles"]))),
        splits=_splits(rows),
        balance="\n\n".join(_balance(name, counted.balance[name], rows["articles"]) for name in _BALANCE),
        removal=" and removal" if any(section.startswith(_REMOVAL) for section in sections) else "",
        rights=_rights(counted, rights),
        licence=_licence(described),
        texts=_texts(counted),
        sheet="\n\n".join(sections) or _NO_SHEET,
        columns="\n\n".join(f"### `{config}`\n\n{_table(config)}" for config in rows),
        documents=_documents(folder, identity.version),
        citation=f"```bibtex\n{bibtex(identity)}\n```" if identity.citation else _NO_CITATION,
    )
    return f"---\n{header(rows, files, described).to_yaml()}\n---\n{body}"


def _pictures(folder: Path) -> str:
    """The pictures that lie beside the card."""
    shown = (f"![{label}]({name})\n\n" for name, label in _PICTURES.items() if (folder / name).is_file())
    return "".join(shown)


def _rows(files: Sequence[File]) -> Rows:
    """The number of rows of each config in each split that there is."""
    counted: Rows = {}
    for config in ALL:
        splits = Counter[str]()
        for file in files:
            if file.config == config:
                splits[file.split] += file.rows
        if splits:
            counted[config] = {split: splits[split] for split in SPLITS if split in splits}
    return counted


def _default(config: str) -> str:
    return " (default)" if config == "articles" else ""


def _splits(rows: Rows) -> str:
    splits = list(rows["articles"])
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
    table = counts_table(_BALANCE[name], list(splits), rows)
    rest = len(most) - _LONGEST
    return f"{table}\n\nThere are {rest} more." if rest > 0 else table


def _rights(counted: Totals, rights: str) -> str:
    if not counted.restricted:
        return f"The text of {description.share(counted.articles, counted)} may be passed on."
    some = f"For {description.share(counted.restricted, counted)} nothing permits passing the text on."
    if rights == "all":
        return f"{some} This build holds it all the same: keep it to yourself."
    if rights == "partial":
        return f"{some} Some of it was put back: keep that to yourself. `withheld` has the SHA-256 of what is missing."
    return (
        f"{some} It is left out here, and so is what repeats its words; the annotations are there, and `withheld` has "
        "the SHA-256 of what is missing. Who holds the records puts the text back with `tasrih hydrate`."
    )


def _licence(described: Described) -> str:
    """What the corpus is under, as a whole."""
    identity = described.identity
    see = _LICENCE if identity.document(*description.LICENCES) else ""
    if identity.license is None:
        return f"No licence is named for this corpus as a whole.{see}"
    return f"The corpus is under {cell(identity.license)}, by its citation file.{see} {_OF_TEXTS}"


def _texts(counted: Totals) -> str:
    """A row for each thing that records say of their texts, the most frequent first."""
    lines = ["| origin | licence of the text | may it be passed on? | articles |", "| --- | --- | --- | ---: |"]
    for text, articles in sorted(counted.texts.items(), key=lambda item: (-item[1], str(item[0])))[:_LONGEST]:
        licence = cell(text.license or "none known")
        lines.append(f"| {text.origin} | {licence} | {_PASSED_ON[text.redistribution]} | {articles} |")
    rest = len(counted.texts) - _LONGEST
    return "\n".join([*lines, *([f"\nThere are {rest} more."] if rest > 0 else [])])


def _documents(folder: Path, version: str | None) -> str:
    """What the other files are."""
    there = {name: what for name, what in _DOCUMENTS.items() if (folder / name).is_file()}
    new = f" in version {cell(version)}" if version else ""
    return "".join(f" `{name}` {what}{new if name == 'CHANGELOG.md' else ''}." for name, what in there.items())


def promised(card: str) -> set[str]:
    """The documents that a card says are there."""
    return {name for name, what in _DOCUMENTS.items() if f" `{name}` {what}" in card} | (
        {"LICENSE"} if _LICENCE in card else set()
    )


def _sections(sheet: str) -> Iterator[str]:
    """The parts of a datasheet that a user of the dataset needs, under titles of their own."""
    parts = re.split(r"^## (.*)\n", sheet, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    for title, heading in _SHEET.items():
        if title in found:
            yield f"## {heading}\n\n{_LINK.sub(lambda match: match[1] or '', found[title]).strip()}"


def _table(config: str) -> str:
    lines = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns(config)]
    return "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *lines])


def _example(folder: Path, files: Sequence[File]) -> str:
    """The first direct quote whose text is there, as JSON; null when there is none."""
    for file in files:
        if file.config == "quotes":
            with pq.ParquetFile(folder / file.path) as quotes:
                for group in range(quotes.num_row_groups):
                    found = quotes.read_row_group(group, ["type", "text"])
                    fitting = pc.and_(pc.equal(found["type"], "direct"), found["text"].is_valid()).combine_chunks()
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
