"""The quotes that are items of a phenomenon, and what was predicted where they stand."""

from tasrih import record
from tasrih.scoring.matching import item, overlap

Pair = tuple[record.Article, ...]


def items_of(phenomenon: str, articles: list[Pair]) -> list[Pair]:
    """The gold and the predicted records, with the quotes alone that a phenomenon is of; none when it is of no quote.

    A predicted quote counts where the gold quote that it shares most with is an item; one that shares nothing with any
    counts nowhere.
    """
    return [_cut(phenomenon, *pair) for pair in articles if any(phenomenon in one.phenomena for one in pair[0].quotes)]


def is_of_quotes(counted: str) -> bool:
    """Whether what a tally counts by that name is of quotes, and not of terms or mentions."""
    return not counted.startswith(("terms", "mentions"))


def _cut(phenomenon: str, gold: record.Article, predicted: record.Article) -> Pair:
    wanted = {quote.id for quote in gold.quotes if phenomenon in quote.phenomena}
    kept = tuple(quote for quote in gold.quotes if quote.id in wanted)
    found = tuple(quote for quote in predicted.quotes if _counterpart(quote, gold) in wanted)
    return tuple(
        article.model_copy(update={"quotes": quotes}) for article, quotes in ((gold, kept), (predicted, found))
    )


def _counterpart(quote: record.Quote, gold: record.Article) -> str | None:
    """The id of the gold quote that shares most with a quote, the first of several."""
    shares = [(overlap(item(quote.spans), item(one.spans)), one.id) for one in gold.quotes]
    most, found = max(shares, key=lambda share: share[0], default=(0.0, None))
    return found if most else None
