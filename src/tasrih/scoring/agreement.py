"""Agreement between annotators."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from tasrih import record
from tasrih.arguments import one_of
from tasrih.choices import GROUPINGS, LAYERS, Grouping
from tasrih.errors import InvalidError, needing
from tasrih.scoring.counting import Compared, GroupAgreement, layers, summed, tally
from tasrih.scoring.sides import ALL, Annotations, groups_of, sides
from tasrih.scoring.tables import agreement_tables


@dataclass(frozen=True, repr=False)
class Agreement:
    """Agreement by group, `all` first; `missing` are ids of articles that an annotator lacks, and that do not count."""

    groups: dict[str, GroupAgreement]
    missing: dict[str, list[str]]

    def __repr__(self) -> str:
        every = self.groups["all"]
        alphas = (
            f"{layer} alpha {'–' if value is None else format(value, '.3f')}" for layer, value in every.alpha.items()
        )
        return f"<Agreement on {every.articles} article{'' if every.articles == 1 else 's'}: {', '.join(alphas)}>"

    def _repr_html_(self) -> str:
        from tasrih.notebook import tables_html

        return tables_html(agreement_tables(self.groups))


def agree(*annotators: Annotations, by: Grouping | None = None) -> Agreement:
    """How far annotators agree: paths of their records, or the articles themselves.

    Krippendorff's alpha is taken over tokens, each with its class in a layer (the type of the innermost quote, the
    kind of a term, the type of the outermost mention, or none); F1 and the like over items, for each pair. `by`
    breaks the figures down by `collection`, `outlet`, `split` or `phenomena`, as the first annotator's records name
    them. Raises TasrihError when there is nothing to compare, or the texts differ.

    >>> articles = [tasrih.load()["2019-10-08-port-salaries"]]
    >>> tasrih.agree(articles, articles).groups["all"].alpha["quotes"]
    1.0
    """
    if by is not None:
        one_of("cannot be broken down by that", by, GROUPINGS)
    found = sides(list(annotators))
    each = {same[0].id: _Counted(same) for same in found.articles}
    groups = groups_of((same[0] for same in found.articles), by) if by else {}
    return Agreement(
        {name: _group([each[one] for one in ids], found.names) for name, ids in ({ALL: list(each)} | groups).items()},
        found.missing,
    )


class _Counted:
    """What annotators say of an article: classes of its tokens by layer, and counts of each two of them."""

    def __init__(self, same: tuple[record.Article, ...]) -> None:
        self.units = {layer: Counter(_units(same, layer)) for layer in LAYERS}
        self.tallies = {
            (left, right): tally(Compared(same[left], same[right])) for left, right in combinations(range(len(same)), 2)
        }


def _group(articles: list[_Counted], names: list[str]) -> GroupAgreement:
    units = {layer: sum((one.units[layer] for one in articles), Counter[tuple[str, ...]]()) for layer in LAYERS}
    counts = {
        (names[left], names[right]): summed(one.tallies[left, right] for one in articles)
        for left, right in combinations(range(len(names)), 2)
    }
    return GroupAgreement(
        len(articles), units["quotes"].total(), {layer: _alpha(units[layer]) for layer in LAYERS}, counts
    )


def _units(same: tuple[record.Article, ...], layer: str) -> Iterable[tuple[str, ...]]:
    """For every token the class that each annotator gave it."""
    return zip(*(_labels(article, layer) for article in same), strict=True)


def _labels(article: record.Article, layer: str) -> list[str]:
    with needing():
        import numpy as np
        import pyarrow as pa

        from tasrih.columnar import texts
        from tasrih.dataset.tokens import Stretches, iob2, token_places

    if any(paragraph.text is None for paragraph in article.paragraphs):
        raise InvalidError(
            f"{article.id}: the dataset has not its words, and agreement is measured word by word. Compare the records."
        )
    labelled = [(span, label) for spans, label in layers(article)[layer] for span in spans]
    classes = sorted({label for _, label in labelled})
    text = texts(pa.array([paragraph.text for paragraph in article.paragraphs]))
    first = dict(zip((paragraph.id for paragraph in article.paragraphs), text.starts.tolist(), strict=False))
    places = [(first[span.paragraph] + span.start, first[span.paragraph] + span.end) for span, _ in labelled]
    start, end = np.array(places, np.int64).reshape(-1, 2).T
    stretches = Stretches(start, end, np.array([classes.index(label) for _, label in labelled], np.int64))
    tags = iob2(token_places(text), stretches, innermost=layer == "quotes")
    return ["O" if tag == 0 else classes[(tag - 1) // 2] for tag in tags.tolist()]


def alpha(units: Iterable[Iterable[str]]) -> float | None:
    """Krippendorff's alpha for nominal data: 1 perfect agreement, 0 as by chance, below 0 worse.

    A unit is the values that annotators gave the same thing; one with fewer than two values does not count. None
    when all values are the same, where chance would agree as well.

    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability.
    """
    return _alpha(Counter(map(tuple, units)))


def _alpha(patterns: Counter[tuple[str, ...]]) -> float | None:
    """The same of units counted: most tokens have the same classes, which is none."""
    counts = [(times, Counter(values)) for values, times in patterns.items() if len(values) > 1]
    values = Counter[str]()
    for times, unit in counts:
        values.update({value: times * count for value, count in unit.items()})
    total = values.total()
    expected = total**2 - sum(count**2 for count in values.values())
    if not expected:
        return None
    observed = sum(
        times * (unit.total() ** 2 - sum(count**2 for count in unit.values())) / (unit.total() - 1)
        for times, unit in counts
    )
    return 1 - observed * (total - 1) / expected
