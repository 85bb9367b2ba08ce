"""What the model of certainty learns from: each drafted quote of an article, and whether span and speaker are right."""

from collections.abc import Iterator
from typing import Any

from update_drafting import drafts

from tasrih.drafting.annotation import annotated
from tasrih.drafting.certainty import rows
from tasrih.drafting.people import People
from tasrih.drafting.trees import Row
from tasrih.record import WITHOUT_MARKS, Article, Quote
from tasrih.scoring.matching import Item, item, matches

Found = tuple[Row, bool, str]
"""What is known of a drafted quote, whether it is right, and its number."""


def drafted(article: Article) -> Iterator[Found]:
    """The quotes that rules draft of an article."""
    paragraphs: list[tuple[str, str]] = [(paragraph.role, paragraph.text) for paragraph in article.paragraphs]
    quotes, _ = annotated(paragraphs, People(), weighed=False)
    met = dict(_met(article, quotes))
    for place, (row, quote) in enumerate(zip(rows(quotes), quotes, strict=True)):
        yield row, place in met and _is_same(article, met[place], quote, paragraphs), str(place)


def _met(article: Article, quotes: list[Any]) -> Iterator[tuple[int, Quote]]:
    """The places of drafted quotes that gold quotes overlap by half, in marks and without."""
    for marked in (True, False):
        gold = [quote for quote in article.quotes if (quote.type not in WITHOUT_MARKS) is marked]
        places = [place for place, one in enumerate(quotes) if (one["type"] not in WITHOUT_MARKS) is marked]
        left, right = [item(quote.spans) for quote in gold], [_item(article, quotes[place]) for place in places]
        yield from ((places[other], gold[one]) for one, other in matches(left, right).items())


def _item(article: Article, quote: Any) -> Item:
    ids = {f"p{number}": paragraph.id for number, paragraph in enumerate(article.paragraphs, 1)}
    return Item(tuple((ids[span["paragraph"]], span["start"], span["end"]) for span in quote["spans"]))


def _is_same(article: Article, gold: Quote, quote: Any, paragraphs: list[tuple[str, str]]) -> bool:
    """Whether the words of a gold speaker's name are those of a name or mention of the drafted one, or more."""
    if gold.speaker is None or quote["speaker"] is None:
        return gold.speaker is quote["speaker"]
    who = quote["speaker"]["entity"]
    names = {entity.id: entity.name for entity in article.entities}
    told = [who.name, *(paragraphs[one.paragraph][1][one.start : one.end] for one in who.mentions)]
    return any(drafts.alike(names[one], name) for one in (gold.speaker.entity, *gold.speaker.others) for name in told)
