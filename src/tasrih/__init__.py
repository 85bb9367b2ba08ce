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
    from tasrih.article import Article, Entity, Mention, Quote, Span, Term
    from tasrih.corpus import Corpus, load
    from tasrih.dataset.building import build
    from tasrih.dataset.hub import push
    from tasrih.dataset.hydrating import hydrate
    from tasrih.dataset.verifying import Fault, verify
    from tasrih.drafting import draft
    from tasrih.errors import TasrihError
    from tasrih.scoring import agree, score
    from tasrih.validation import Finding, Report, validate

_HOME = {
    "Article": "article",
    "Corpus": "corpus",
    "Entity": "article",
    "Fault": "dataset.verifying",
    "Finding": "validation",
    "Mention": "article",
    "Quote": "article",
    "Report": "validation",
    "Span": "article",
    "TasrihError": "errors",
    "Term": "article",
    "agree": "scoring",
    "build": "dataset.building",
    "draft": "drafting",
    "hydrate": "dataset.hydrating",
    "load": "corpus",
    "push": "dataset.hub",
    "score": "scoring",
    "validate": "validation",
    "verify": "dataset.verifying",
}

__all__ = [
    "Article",
    "Corpus",
    "Entity",
    "Fault",
    "Finding",
    "Mention",
    "Quote",
    "Report",
    "Span",
    "TasrihError",
    "Term",
    "agree",
    "build",
    "draft",
    "hydrate",
    "load",
    "push",
    "score",
    "validate",
    "verify",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'tasrih' has no attribute {name!r}")
    return getattr(import_module(f"tasrih.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
