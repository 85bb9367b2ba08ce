"""Tasrih: an annotated corpus of Arabic news. Who said what, in which words, about whom.

    >>> import tasrih
    >>> corpus = tasrih.load()
    >>> article = corpus["2021-10-13-lavrov-afghanistan"]
    >>> article.quotes[0].speaker.name
    'سيرغي لافروف'

Everything named here is imported on first use, so that `import tasrih` stays light.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from tasrih.version import __version__ as __version__

if TYPE_CHECKING:
    from tasrih.article import Article, Cue, Entity, Mention, Paragraph, Participant, Quote, Span, Term
    from tasrih.changes.corpora import diff
    from tasrih.corpus import Corpus, load
    from tasrih.dataset.building import build
    from tasrih.dataset.hub.push import push
    from tasrih.dataset.verify import Fault
    from tasrih.dataset.verify.folder import verify
    from tasrih.drafts import draft
    from tasrih.errors import (
        ArgumentError,
        InvalidError,
        MissingError,
        NotFoundError,
        RefusedError,
        TasrihError,
        UnavailableError,
    )
    from tasrih.interchange.tei import from_tei, to_tei
    from tasrih.scoring import Agreement, Comparison, Scores, agree, compare, score
    from tasrih.standoff.hydration import hydrate
    from tasrih.standoff.withholding import withhold
    from tasrih.validation import Finding, Report, validate

_NAMES = {
    "article": ("Article", "Cue", "Entity", "Mention", "Paragraph", "Participant", "Quote", "Span", "Term"),
    "changes.corpora": ("diff",),
    "corpus": ("Corpus", "load"),
    "dataset.building": ("build",),
    "dataset.hub.push": ("push",),
    "standoff.hydration": ("hydrate",),
    "standoff.withholding": ("withhold",),
    "dataset.verify": ("Fault",),
    "dataset.verify.folder": ("verify",),
    "drafts": ("draft",),
    "errors": (
        "ArgumentError",
        "InvalidError",
        "MissingError",
        "NotFoundError",
        "RefusedError",
        "TasrihError",
        "UnavailableError",
    ),
    "interchange.tei": ("from_tei", "to_tei"),
    "scoring": ("Agreement", "Comparison", "Scores", "agree", "compare", "score"),
    "validation": ("Finding", "Report", "validate"),
}
_HOME = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "Agreement",
    "ArgumentError",
    "Article",
    "Comparison",
    "Corpus",
    "Cue",
    "Entity",
    "Fault",
    "Finding",
    "InvalidError",
    "Mention",
    "MissingError",
    "NotFoundError",
    "Paragraph",
    "Participant",
    "Quote",
    "RefusedError",
    "Report",
    "Scores",
    "Span",
    "TasrihError",
    "Term",
    "UnavailableError",
    "agree",
    "build",
    "compare",
    "diff",
    "draft",
    "from_tei",
    "hydrate",
    "load",
    "push",
    "score",
    "to_tei",
    "validate",
    "verify",
    "withhold",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'tasrih' has no attribute {name!r}")
    from tasrih.errors import needing

    with needing():
        return getattr(import_module(f"tasrih.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
