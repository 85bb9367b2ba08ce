"""Mistakes planted in records of the corpus: each kind changes the figures that it should, and no other."""

import pytest
from conftest import ROOT

import tasrih

LOWERED = {
    "type": {"type"},
    "cue gone": {"cues exact", "cues overlap", "cue"},
    "speaker swapped": {"attribution exact", "attribution", "speaker"},
    "phrase gone": {"speakers exact", "speakers overlap"},
    "quote shortened": {"quotes exact", "attribution exact"},
    "term gone": {"terms exact", "terms overlap"},
    "term of another kind": set(),
    "entity of another type": {"mentions exact", "mentions overlap"},
}


def changed(model, **values):
    return model.model_copy(update=values)


def with_quotes(article, change):
    return changed(article, quotes=tuple(map(change, article.quotes)))


def planted(article, kind):
    """An article in which everything has a mistake of one kind, where it can."""
    last = {entity.id: other.id for entity, other in zip(article.entities, article.entities[1:], strict=False)}
    other_type = {"direct": "partial"}
    changes = {
        "type": lambda quote: changed(quote, type=other_type.get(quote.type, "direct")),
        "cue gone": lambda quote: changed(quote, cue=None),
        "speaker swapped": lambda quote: changed(
            quote, speaker=quote.speaker and changed(quote.speaker, entity=last.get(quote.speaker.entity, "e1"))
        ),
        "phrase gone": lambda quote: changed(quote, speaker=quote.speaker and changed(quote.speaker, span=None)),
        "quote shortened": lambda quote: changed(quote, spans=(shortened(quote.spans[0]), *quote.spans[1:])),
    }
    if kind in changes:
        return with_quotes(article, changes[kind])
    if kind == "term gone":
        return changed(article, terms=article.terms[1:])
    if kind == "term of another kind":
        return changed(article, terms=tuple(changed(term, kind="other") for term in article.terms))
    return changed(
        article, entities=tuple(changed(one, type="LAW" if one.type != "LAW" else "ORG") for one in article.entities)
    )


def shortened(span):
    """A span without its last letter, where half of it is left."""
    return changed(span, end=span.end - 1, text=span.text[:-1]) if span.end - span.start > 2 else span


@pytest.fixture(scope="module")
def gold():
    paths = sorted((ROOT / "corpus/articles/composed").glob("*.json"))[:6]
    return [article.record for path in paths for article in tasrih.load(path)]


@pytest.mark.parametrize("kind", LOWERED)
def test_a_mistake_lowers_the_figures_of_its_kind_alone(gold, kind):
    best = tasrih.score(gold, gold).groups["all"].counts
    found = tasrih.score(gold, [planted(one, kind) for one in gold]).groups["all"].counts
    assert {name for name in best if found[name] != best[name]} == LOWERED[kind]
    assert all((found[name].f1 or 0) < best[name].f1 for name in LOWERED[kind])
