"""The quotes and mentions that are items of a group, and what was predicted where they stand."""

from collections.abc import Callable, Iterable, Iterator

from tasrih import record
from tasrih.scoring.counting import Compared
from tasrih.scoring.matching import item, overlap

QUOTE_LAYERS = ("quotes", "cues", "speakers")
Labels = Callable[[record.Quote], Iterable[str]]


def quotes_by(labels: Labels, compared: Compared) -> Iterator[tuple[str, Compared]]:
    """For each label of the gold quotes of an article these quotes alone, and those that were predicted there.

    A predicted quote counts where the gold quote that it shares most with is an item; one that shares nothing with any
    counts nowhere.
    """
    gold, predicted = compared.records
    owners = [(quote, _counterpart(quote, gold)) for quote in predicted.quotes]
    for label in dict.fromkeys(label for quote in gold.quotes for label in labels(quote)):
        kept = tuple(quote for quote in gold.quotes if label in labels(quote))
        found = tuple(quote for quote, owner in owners if owner and label in labels(owner))
        parts = _with(gold, quotes=kept), _with(predicted, quotes=found)
        yield label, Compared(*parts, layers=QUOTE_LAYERS, whole=compared)


def mentions_by_type(compared: Compared) -> Iterator[tuple[str, Compared]]:
    """For each type of the entities on either side of an article the mentions of such entities alone."""
    for label in dict.fromkeys(entity.type for side in compared.records for entity in side.entities):
        gold, predicted = (
            _with(side, quotes=(), entities=tuple(one for one in side.entities if one.type == label))
            for side in compared.records
        )
        yield label, Compared(gold, predicted, layers=("mentions",), whole=compared)


def _with(article: record.Article, **parts: object) -> record.Article:
    return article.model_copy(update=parts)


def _counterpart(quote: record.Quote, gold: record.Article) -> record.Quote | None:
    """The gold quote that shares most with a quote, the first of several."""
    shares = [(overlap(item(quote.spans), item(one.spans)), one) for one in gold.quotes]
    most, found = max(shares, key=lambda share: share[0], default=(0.0, None))
    return found if most else None
