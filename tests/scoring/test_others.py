"""Figures held against those of other scorers on the same data: the two readings of composed articles."""

import numpy as np
import pytest
from conftest import ROOT
from nervaluate import Evaluator

import tasrih
from tasrih.scoring import alpha

READINGS = [ROOT / f"corpus/annotations/{reading}" for reading in ("first", "second")]


def outermost(article):
    """A record with the mentions alone that are in no other, as IOB2 can say them."""
    taken = set()
    kept = {}
    spans = [(mention, entity) for entity in article.entities for mention in entity.mentions]
    for mention, entity in sorted(spans, key=lambda one: one[0].start - one[0].end):
        places = {(mention.paragraph, place) for place in range(mention.start, mention.end)}
        if not places & taken:
            taken |= places
            kept.setdefault(entity.id, []).append(mention)
    entities = [one.model_copy(update={"mentions": tuple(kept.get(one.id, []))}) for one in article.entities]
    return article.model_copy(update={"entities": tuple(entities)})


def tags(article):
    """IOB2, a tag a letter, of all paragraphs one after the other."""
    found = {paragraph.id: ["O"] * len(paragraph.text) for paragraph in article.paragraphs}
    for entity in article.entities:
        for mention in entity.mentions:
            letters = [f"I-{entity.type}"] * (mention.end - mention.start)
            found[mention.paragraph][mention.start : mention.end] = [f"B-{entity.type}", *letters[1:]]
    return [tag for paragraph in found.values() for tag in [*paragraph, "O"]]


@pytest.fixture(scope="module")
def sides():
    """Forty articles as both readers have them, with outermost mentions alone."""
    first = [article.record for article in tasrih.load(READINGS[0])]
    some = {one.id: outermost(one) for one in first if one.metadata.collection == "composed"}
    chosen = sorted(some)[:40]
    second = tasrih.load(READINGS[1])
    return [some[name] for name in chosen], [outermost(second[name].record) for name in chosen]


def test_exact_mentions_are_those_of_nervaluate(sides):
    gold, predicted = sides
    types = sorted({entity.type for side in sides for one in side for entity in one.entities})
    theirs = Evaluator(*([tags(one) for one in side] for side in sides), tags=types, loader="list").evaluate()
    strict = theirs["overall"]["strict"]
    ours = tasrih.score(gold, predicted).groups["all"].counts["mentions exact"]
    assert (ours.gold, ours.predicted, ours.matched) == (strict.possible, strict.actual, strict.correct)
    assert ours.f1 == pytest.approx(strict.f1)
    assert 0.5 < ours.f1 < 1


def test_exact_mentions_by_type_add_up_to_those_of_nervaluate(sides):
    gold, predicted = sides
    groups = tasrih.score(gold, predicted, by="type").groups
    for kind in ("PERS", "ORG", "DATE"):
        only = [[[tag if tag.endswith(f"-{kind}") else "O" for tag in tags(one)] for one in side] for side in sides]
        strict = Evaluator(*only, tags=[kind], loader="list").evaluate()["overall"]["strict"]
        ours = groups[kind].counts["mentions exact"]
        assert (ours.gold, ours.predicted, ours.matched) == (strict.possible, strict.actual, strict.correct)


def test_alpha_is_that_of_the_published_example_with_gaps():
    """Three coders and fifteen units, many of them with gaps: Wikipedia, "Krippendorff's alpha", nominal 0.691."""
    coders = ("*****34121133*3", "1*213343*******", "**21344*21133*4")
    units = [[value for value in unit if value != "*"] for unit in zip(*coders, strict=True)]
    assert alpha(units) == pytest.approx(0.691, abs=5e-4)


def test_alpha_is_what_the_matrix_of_coincidences_says(sides):
    """On the tags of two readers: observed and expected disagreement, each from its definition."""
    gold, predicted = ([tag for one in side for tag in tags(one)] for side in sides)
    codes = {tag: number for number, tag in enumerate(sorted({*gold, *predicted}))}
    pairs = np.array([[codes[tag] for tag in side] for side in (gold, predicted)])
    together = np.zeros((len(codes), len(codes)))
    np.add.at(together, (pairs[0], pairs[1]), 1)
    together += together.T
    by_value = together.sum(axis=0)
    differ = 1 - np.eye(len(codes))
    observed = (together * differ).sum() / by_value.sum()
    expected = (np.outer(by_value, by_value) * differ).sum() / (by_value.sum() * (by_value.sum() - 1))
    assert alpha(zip(gold, predicted, strict=True)) == pytest.approx(1 - observed / expected)
