"""What is only written, a line a thing: quotes as CSV, tokens as IOB2 columns, and articles as plain text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tasrih.interchange.formats import Files, Format, Stream
from tasrih.interchange.losses import ROUND_ARTICLES, Loss
from tasrih.interchange.regions import text_of
from tasrih.record import Json
from tasrih.text.cells import csv_line

if TYPE_CHECKING:
    import pyarrow as pa

_QUOTES = "quotes.csv"
COLUMNS = (
    *("article", "quote", "type", "words"),
    *("cue", "cue_kind"),
    *("speaker", "speaker_words", "speaker_form", "addressee"),
    *("paragraph", "start", "end"),
)
"""The columns of the table of quotes; the place is that of the first span."""
_TOKENS = "tokens.iob2"
LAYERS = ("ner", "quote", "cue", "speaker")
"""The columns of tags behind the tokens, named as in the config `tokens`."""


def _quotes(article: Json) -> Files:
    names = {entity["id"]: entity["name"] for entity in article["entities"]}
    lines = "".join(csv_line(_row(article["id"], quote, names)) for quote in article["quotes"])
    return {_QUOTES: lines.encode()}


def _row(article: str, quote: Json, names: dict[str, str]) -> Iterator[str]:
    first, cue, speaker = quote["spans"][0], quote["cue"] or {}, quote["speaker"]
    yield from (article, quote["id"], quote["type"], " … ".join(span["text"] for span in quote["spans"]))
    yield from (cue.get("text", ""), cue.get("kind", ""))
    yield _called(speaker, names)
    yield from ((speaker["span"] or {}).get("text", ""), speaker["form"]) if speaker else ("", "")
    yield _called(quote.get("addressee"), names)
    yield from (first["paragraph"], str(first["start"]), str(first["end"]))


def _called(person: Json | None, names: dict[str, str]) -> str:
    """The names of whoever speaks or is spoken to."""
    return "; ".join(names[one] for one in (person["entity"], *(person.get("others") or ()))) if person else ""


def _text(article: Json) -> Files:
    return {f"{article['id']}.txt": f"{text_of(article)}\n".encode()}


def _tokens(article: Json) -> Files:
    from tasrih.columnar import Layout, of_records
    from tasrih.dataset.tokens import tokens

    columns = tokens(Layout(of_records([article])))
    rows = zip(
        *(_named(name, columns[name]) for name in ("tokens", *(f"{layer}_tags" for layer in LAYERS))), strict=True
    )
    lines = [f"# id = {article['id']}\n"]
    for paragraph, row in zip(article["paragraphs"], rows, strict=True):
        lines += [
            f"# paragraph = {paragraph['id']}\n",
            *("\t".join(one) + "\n" for one in zip(*row, strict=True)),
            "\n",
        ]
    return {_TOKENS: "".join(lines).encode()}


def _named(column: str, values: "pa.Array") -> list[list[str]]:
    """The tokens of each paragraph, or the names of their tags."""
    from tasrih.dataset.tags import tag_names

    if column == "tokens":
        return values.to_pylist()  # type: ignore[no-any-return]
    names = tag_names(column.removesuffix("_tags"))
    return [[names[tag] for tag in tags] for tags in values.to_pylist()]


_WORDS_ALONE = tuple(
    Loss(path, "the text alone is written")
    for path in ("paragraphs[].role", "paragraphs[].repeats", "quotes", "terms", "entities")
)
CSV = Format(
    label="CSV of quotes",
    about="A row a quote, for spreadsheets and statistics, in UTF-8 with a byte order mark, which Excel wants. Cells "
    "that a spreadsheet would take for formulas begin with an apostrophe.",
    suffixes=(".csv",),
    write=_quotes,
    losses=(
        *ROUND_ARTICLES,
        Loss("paragraphs", "a row is a quote"),
        *(Loss(f"quotes[].{name}", "it has no column") for name in ("parent", "continues", "phenomena", "provenance")),
        Loss("terms", "a row is a quote"),
        Loss("entities[].mentions", "a row is a quote"),
        *(Loss(f"entities[].{name}", "it has no column") for name in ("type", "value", "link", "identifiers")),
    ),
    printed="text",
    stream=Stream(_QUOTES, head=("\ufeff" + csv_line(COLUMNS)).encode()),
)
TEXT = Format(
    label="Plain text",
    about="The words alone, a paragraph a line.",
    suffixes=(".txt",),
    write=_text,
    losses=(*ROUND_ARTICLES, *_WORDS_ALONE),
    printed="text",
)
IOB2 = Format(
    label="IOB2 columns",
    about=f"A token a line, with the tags {', '.join(LAYERS)} behind tabs, as the config `tokens` of the dataset has "
    "them; comments with the ids, and an empty line after each paragraph.",
    suffixes=(".iob2",),
    write=_tokens,
    losses=(
        *ROUND_ARTICLES,
        Loss("paragraphs[].role", "it has no column"),
        Loss("paragraphs[].repeats", "it has no column"),
        *(
            Loss(f"quotes[].{name}", "it has no column")
            for name in ("addressee", "parent", "continues", "phenomena", "provenance", "cue.kind")
        ),
        *(Loss(f"quotes[].speaker.{name}", "phrases alone are tagged") for name in ("entity", "form", "others")),
        Loss("terms", "it has no column"),
        *(Loss(f"entities[].{name}", "it has no column") for name in ("name", "value", "link", "identifiers")),
        *(Loss(f"entities[].mentions[].{name}", "it has no column") for name in ("form", "provenance")),
    ),
    printed="text",
    stream=Stream(_TOKENS),
)
