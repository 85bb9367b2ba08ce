"""spaCy's DocBin: an article as a Doc, for training pipelines; only written.

Tokens are those of the dataset, cut wherever a span begins or ends inside one, as all spans behind a proclitic do.
Layers that overlap are span groups, mentions that do not are the entities of the Doc, and the record is user data.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import orjson

from tasrih.interchange.formats import Files, Format
from tasrih.interchange.regions import Marked, Piece, Region, regions_of
from tasrih.record import Json
from tasrih.text.tokens import tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

GROUPS: Mapping[str, str] = {
    "paragraph": "paragraphs",
    "quote": "quotes",
    "cue": "cues",
    "phrase": "phrases",
    "term": "terms",
    "mention": "mentions",
}
"""The span groups of a Doc by the kinds of regions in them."""
USER_DATA = "tasrih"
_LABELS = {"paragraph": "role", "quote": "type", "mention": "type", "cue": "kind", "term": "kind", "phrase": "form"}


class _Token(NamedTuple):
    """A token of a Doc, and whether one space follows that is no token."""

    start: int
    end: int
    spaced: bool


def to_docbin(record: Json) -> Files:
    """The DocBin of a record: one Doc, whose `user_data["tasrih"]` is the record in JSON."""
    from spacy.tokens import DocBin

    doc = _doc(regions_of(record))
    doc.user_data[USER_DATA] = orjson.dumps(record).decode()
    attributes = ["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_ID"]
    return {f"{record['id']}.spacy": DocBin(attributes, store_user_data=True, docs=[doc]).to_bytes()}


@cache
def _vocab() -> "Vocab":
    from spacy.vocab import Vocab

    return Vocab()


def _doc(marked: Marked) -> "Doc":
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    text = marked.text or ""
    pieces = [piece for region in marked.regions for piece in region.pieces]
    found = list(_tokens(text, pieces))
    doc = Doc(_vocab(), [text[one.start : one.end] for one in found], [one.spaced for one in found])
    starts = [one.start for one in found]
    for kind, name in GROUPS.items():
        regions = (region for region in marked.regions if region.kind == kind)
        doc.spans[name] = [span for region in regions for span in _spans(doc, region, starts)]
    doc.ents = filter_spans(doc.spans["mentions"])
    doc.user_data["id"] = marked.id
    return doc


def _spans(doc: "Doc", region: Region, starts: Sequence[int]) -> Iterator["Span"]:
    """The spans of a region, one a piece; the id of each is that of the region."""
    from spacy.tokens import Span

    label = region.attributes[_LABELS[region.kind]]
    for start, end in region.pieces:
        yield Span(doc, bisect_left(starts, start), bisect_left(starts, end), label, span_id=region.id)


def _tokens(text: str, spans: Sequence[Piece]) -> Iterator[_Token]:
    """The tokens of a text and what stands between them; a single space belongs to the token before it."""
    bounds = sorted({0, len(text), *chain.from_iterable(tokens(text)), *chain.from_iterable(spans)})
    begins, ends = map(set, zip(*spans, strict=True))
    pieces = list(pairwise(bounds))
    is_space = [text[start:end] == " " and start not in begins and end not in ends for start, end in pieces]
    for number, (start, end) in enumerate(pieces):
        after = number + 1 < len(pieces) and is_space[number + 1]
        if not is_space[number] or number == 0 or text[start - 1].isspace():
            yield _Token(start, end, after and not text[end - 1].isspace())


DOCBIN = Format(
    "spaCy DocBin",
    "A Doc an article, for training: tokens are cut where spans begin inside one, layers are span groups, and the "
    'record is JSON in `doc.user_data["tasrih"]`.',
    (".spacy",),
    write=to_docbin,
    extra="formats",
    modules=("spacy",),
)
