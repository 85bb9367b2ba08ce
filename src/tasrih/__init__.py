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

__version__ = "0.1.0"

if TYPE_CHECKING:
    from tasrih.article import Article, Cue, Entity, Mention, Paragraph, Participant, Quote, Span, Term
    from tasrih.corpus import Corpus, load
    from tasrih.dataset.building import build
    from tasrih.dataset.hub import push
    from tasrih.dataset.hydrating import hydrate
    from tasrih.dataset.verifying import Fault, verify
    from tasrih.drafts import draft
    from tasrih.errors import NotFoundError, TasrihError
    from tasrih.interchange.tei import from_tei, to_tei
    from tasrih.scoring import Agreement, Scores, agree, score
    from tasrih.validation import Finding, Report, validate

_HOME = {
    "Agreement": "scoring",
    "Article": "article",
    "Corpus": "corpus",
    "Cue": "article",
    "Entity": "article",
    "Fault": "dataset.verifying",
    "Finding": "validation",
    "Mention": "article",
    "NotFoundError": "errors",
    "Paragraph": "article",
    "Participant": "article",
    "Quote": "article",
    "Report": "validation",
    "Scores": "scoring",
    "Span": "article",
    "TasrihError": "errors",
    "Term": "article",
    "agree": "scoring",
    "build": "dataset.building",
    "draft": "drafts",
    "from_tei": "interchange.tei",
    "hydrate": "dataset.hydrating",
    "load": "corpus",
    "push": "dataset.hub",
    "score": "scoring",
    "to_tei": "interchange.tei",
    "validate": "validation",
    "verify": "dataset.verifying",
}

__all__ = [
    "Agreement",
    "Article",
    "Corpus",
    "Cue",
    "Entity",
    "Fault",
    "Finding",
    "Mention",
    "NotFoundError",
    "Paragraph",
    "Participant",
    "Quote",
    "Report",
    "Scores",
    "Span",
    "TasrihError",
    "Term",
    "agree",
    "build",
    "draft",
    "from_tei",
    "hydrate",
    "load",
    "push",
    "score",
    "to_tei",
    "validate",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'tasrih' has no attribute {name!r}")
    return getattr(import_module(f"tasrih.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
