"""M: what only records without their words say of a text, and where it is found."""

from tasrih.record import Json
from tasrih.standoff.extractors import EXTRACTORS
from tasrih.standoff.filling import has_source, paragraphs_lost
from tasrih.standoff.models import length_of
from tasrih.validation.findings import Problem, shown
from tasrih.validation.index import Index
from tasrih.validation.registry import STANDOFF, Problems, rule


@STANDOFF.rule("M129")
def words_unlike_length(record: Json, _: bytes | None) -> Problems:
    """The lengths of words do not come to that of their paragraph.

    `words` has the length of every word, between two of which one space stands, or as much white space as a negative
    number says. `tasrih withhold` writes it, and `length`, from the text.
    """
    for number, paragraph in enumerate(record["paragraphs"]):
        words, length = paragraph.get("words"), paragraph["length"]
        if words and length_of(words) != length:
            yield Problem(("paragraphs", number, "words"), f"{length_of(words)}, and the paragraph has {length}")


@STANDOFF.rule("M130")
def paragraph_unlike_source(record: Json, raw: bytes | None) -> Problems:
    """A paragraph's hash is that of no line of its source.

    The source is in the corpus, and it is the right one. `tasrih withhold` writes the hash, from the text.
    """
    if raw is not None and has_source(record, raw):
        for number in paragraphs_lost(record, raw):
            yield Problem(("paragraphs", number, "sha256"))


@rule("M131", wordless=True)
def nothing_to_extract(index: Index) -> Problems:
    """A locator names no extractor that there is, or no item that it can take.

    `format`, `extractor` and `item` say how the text is made of the file; [the page on stand-off
    records](standoff.md) lists them.
    """
    locator = (index.metadata["source"] or {}).get("locator")
    if locator:
        at = ("metadata", "source", "locator")
        extractor = EXTRACTORS.get(locator["format"])
        if extractor is None:
            yield Problem((*at, "format"), f"{shown(locator['format'])} is none of {', '.join(EXTRACTORS)}")
        elif locator["extractor"] != extractor.version:
            yield Problem((*at, "extractor"), f"{locator['extractor']}; known here: {extractor.version}")
        elif len(locator.get("item") or ()) != extractor.items:
            yield Problem((*at, "item"), f"{locator['format']} takes {extractor.items} numbers")
