"""What the models of stretches in marks learn from: each stretch of an article beside what the article says it is."""

from collections.abc import Iterator

from tasrih.drafting.annotation import judged_by_rules
from tasrih.drafting.judging import Judged, features, stretches
from tasrih.drafting.trees import Row
from tasrih.record import WITHOUT_MARKS, Article
from tasrih.scoring.matching import HALF, Item, item, overlap
from tasrih.text.pairs import pairs

Found = tuple[Row, str, str]
"""What is known of a stretch, its type ("" where it is no speech), and where it stands."""


def marked(article: Article) -> Iterator[Found]:
    """The stretches in marks of an article."""
    paragraphs = [(paragraph.role, paragraph.text) for paragraph in article.paragraphs]
    judged = stretches(judged_by_rules(paragraphs, [pairs(text) for _, text in paragraphs]))
    for row, one in zip(features(paragraphs, judged), judged, strict=True):
        yield row, _type(article, one), f"{one[0]} {one[1].pair.start}"


def _type(article: Article, judged: Judged) -> str:
    """The type of the quote that a stretch is a part of."""
    number, attribution, _ = judged
    span = (article.paragraphs[number].id, *attribution.pair[:2])
    return next(
        (
            quote.type
            for quote in article.quotes
            if quote.type not in WITHOUT_MARKS
            and any(overlap(item([part]), Item((span,))) >= HALF for part in quote.spans)
        ),
        "",
    )
