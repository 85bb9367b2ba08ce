"""What a card and a Croissant file say of a corpus: counted from its records, or taken from its documents."""

from collections.abc import Iterator
from typing import NamedTuple

from tasrih.dataset.configs import WORDS
from tasrih.dataset.totals import Totals
from tasrih.identity import Identity
from tasrih.text.sentences import ENDS

LICENCES = ("LICENSE-DATA.md", "LICENSE", "LICENSE.md", "LICENSE.txt")
"""Where the licence of a corpus is looked for: one for its data before that of a whole repository."""
_ABOUT = "Annotated Arabic news: who said what, in which words, about whom."
_SMALL = 1_000


class Described(NamedTuple):
    """A dataset that is to be described: whose it is, what was counted over it, and the rights it was built for."""

    identity: Identity
    counted: Totals
    rights: str


def about(described: Described) -> str:
    """What it is and holds, in one paragraph."""
    told = described.identity.citation
    abstract = told.abstract if told and told.abstract else _ABOUT
    return " ".join([abstract if abstract[-1] in ENDS else f"{abstract}.", *_contents(described.counted)])


def _contents(counted: Totals) -> Iterator[str]:
    size = f"{_count(counted.articles, 'article')} with {_count(counted.quotes, 'quote')}"
    yield f"It is small: {size}." if counted.articles < _SMALL else f"It has {size}."
    yield from origins(counted)
    yield from annotators(counted)


def origins(counted: Totals) -> Iterator[str]:
    """Where the texts come from."""
    composed, published = counted.origins["composed"], counted.origins["published"]
    if composed:
        yield f"A language model composed {share(composed, counted)}, about invented people and events."
    if published:
        some = share(published, counted)
        yield f"{some[0].upper()}{some[1:]} appeared in the press."


def annotators(counted: Totals) -> Iterator[str]:
    """Who annotated."""
    for kind, who in WORDS["annotators"].items():
        if counted.annotators[kind]:
            yield f"{who} annotated {share(counted.annotators[kind], counted)}."
    if counted.annotators and not counted.annotators["human"]:
        yield "No person has annotated any of it."


def share(articles: int, counted: Totals) -> str:
    """So many of all articles, in words."""
    if articles < counted.articles:
        return f"{articles:,} of the {_count(counted.articles, 'article')}"
    return f"all {_count(articles, 'article')}" if articles > 1 else "the only article"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def annotations_creators(counted: Totals) -> list[str]:
    """How the annotations came about, in the words of a hub."""
    return list(dict.fromkeys(WORDS["creators"][kind] for kind, _ in counted.annotators.most_common()))


def language_creators(counted: Totals) -> list[str]:
    """How the texts came about, in the words of a hub."""
    return [WORDS["creators"][origin] for origin, _ in counted.origins.most_common()]


def licence(described: Described) -> dict[str, str]:
    """The fields of a hub for the licence of what is in the dataset: of the corpus, unless some texts have another."""
    identity, counted = described.identity, described.counted
    linked = {"license_link": "LICENSE"} if identity.document(*LICENCES) else {}
    if identity.license is None:
        given = identity.citation and identity.citation.license_url
        return {"license": "other", "license_name": "other", "license_link": given} if given else {"license": "unknown"}
    name = identity.license.lower()
    withheld = described.rights == "redistributable"
    other = sum(
        articles
        for text, articles in counted.texts.items()
        if (text.license or "").lower() != name and not (withheld and text.redistribution != "permitted")
    )
    if not other and name in WORDS["licences"]:
        return {"license": WORDS["licences"][name]}
    short = name.replace(" ", "-").strip("()")
    rest = f"-except-{other}-of-{counted.articles - counted.standoff}-texts" if other else ""
    return {"license": "other", "license_name": short + rest, **linked}
