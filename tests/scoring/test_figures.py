"""How sure figures are, what systems differ by, and figures of groups."""

from itertools import product

import numpy as np
import pytest
from scored import BAD, GOLD, GOOD, article, with_speaker, without

import tasrih
from tasrih.scoring import bootstrap
from tasrih.scoring.counting import Counts


def test_the_interval_of_a_rate_is_that_of_articles_drawn_anew():
    """By a slow way: every draw by itself, in plain Python."""
    random = np.random.default_rng(1)
    counts = [
        (int(gold), int(gold), int(gold) - int(wrong)) for gold, wrong in random.integers([2, 0], [9, 3], (40, 2))
    ]
    drawn = []
    for _ in range(4000):
        sums = np.sum([counts[place] for place in random.integers(40, size=40)], axis=0)
        drawn.append(2 * sums[2] / (sums[0] + sums[1]))
    (ours,) = bootstrap.estimates([[count] for count in counts])
    low, high, mean, deviation = ours[2]
    assert (low, high) == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.006)
    each = [matched / gold for gold, _, matched in counts]
    assert (mean, deviation) == pytest.approx((np.mean(each), np.std(each, ddof=1)))


def test_intervals_and_means_of_articles():
    found = tasrih.score(GOLD, GOOD).groups["all"]
    recall = found.estimates["quotes exact"].recall
    assert found.counts["quotes exact"] == Counts(24, 22, 22)
    assert found.counts["quotes exact"].recall == 22 / 24
    assert recall.low < 22 / 24 < recall.high == 1
    assert recall.mean == pytest.approx((10 + 2 * 0.5) / 12)
    assert found.estimates["quotes exact"].precision[:2] == (1, 1)
    assert found.estimates["terms exact"].f1 == (None, None, None, None)
    assert [counts["quotes exact"].matched for counts in found.each.values()] == [1, 1, *[2] * 10]
    assert tasrih.score(GOLD, GOOD).groups["all"].estimates == found.estimates


def test_a_single_article_has_no_interval():
    estimate = tasrih.score(GOLD[:1], GOOD[:1]).groups["all"].estimates["quotes exact"].f1
    assert estimate == (None, None, pytest.approx(2 / 3), None)


def test_articles_without_an_item_have_no_part_in_the_mean():
    sides = [without(GOLD[0], 0, 1), *GOLD[1:4]]
    assert tasrih.score(sides, sides).groups["all"].estimates["quotes exact"].f1.mean == 1


def test_many_articles_are_drawn_in_portions(monkeypatch):
    counts = [[(3, 3, number % 4)] for number in range(60)]
    whole = bootstrap.estimates(counts)
    monkeypatch.setattr(bootstrap, "_AT_ONCE", 1000)
    parts = bootstrap.estimates(counts)
    assert parts[0][2] == pytest.approx(whole[0][2], abs=0.02)
    assert bootstrap.differences(counts, counts)[0][2] == [0, 0, 0, 1]


def test_two_systems_are_compared_article_by_article():
    found = tasrih.compare(GOLD, BAD, GOOD).groups["all"]
    assert found.articles == 12
    quotes = found.differences["quotes overlap"]
    assert quotes.one == pytest.approx(20 / 34)
    assert quotes.other == pytest.approx(44 / 46)
    assert quotes.gain == pytest.approx(quotes.other - quotes.one)
    assert 0 < quotes.low < quotes.gain < quotes.high
    assert quotes.p < 0.05
    assert found.differences["mentions exact"] == (1, 1, 0, 0, 0, 1)
    assert found.differences["terms exact"] == (None,) * 6
    back = tasrih.compare(GOLD, GOOD, BAD).groups["all"].differences["quotes overlap"]
    assert (back.gain, back.low, back.high) == pytest.approx((-quotes.gain, -quotes.high, -quotes.low))


def test_p_is_the_part_of_all_ways_to_change_sides():
    one = [[(4, 4, matched)] for matched in (1, 2, 2, 4, 0, 3, 1, 2)]
    other = [[(4, 3, matched)] for matched in (2, 3, 2, 3, 1, 3, 3, 2)]
    pairs = list(zip(one, other, strict=True))

    def gain(coins):
        sums = np.sum([pair[::-1] if coin else pair for pair, coin in zip(pairs, coins, strict=True)], axis=0)
        rates = 2 * sums[:, 0, 2] / (sums[:, 0, 0] + sums[:, 0, 1])
        return rates[1] - rates[0]

    gains = [abs(gain(coins)) for coins in product([False, True], repeat=8)]
    exact = np.mean([found >= gains[0] - 1e-12 for found in gains])
    assert bootstrap.differences(one, other)[0][2][3] == pytest.approx(exact, abs=0.015)


def test_only_articles_of_both_systems_are_compared():
    found = tasrih.compare(iter(GOLD), BAD[:8], GOOD[4:])
    assert found.groups["all"].articles == 4
    assert found.missing == {"B": ["a8", "a9", "a10", "a11"], "C": ["a0", "a1", "a2", "a3"]}
    with pytest.raises(tasrih.TasrihError, match="no article in common"):
        tasrih.compare(GOLD, BAD[:4], GOOD[4:])


def test_figures_by_type_are_those_of_gold_quotes_and_of_entities():
    gold = [article("a", kind=' type="partial"'), article("b")]
    groups = tasrih.score(gold, [article("a"), without(article("b"), 0)], by="type").groups
    assert list(groups) == ["all", "PERS", "direct", "partial"]
    assert (groups["partial"].articles, groups["partial"].counts["quotes exact"]) == (1, Counts(1, 1, 1))
    assert groups["partial"].counts["type"] == Counts(1, 1, 0)
    assert (groups["direct"].articles, groups["direct"].counts["quotes exact"]) == (2, Counts(3, 2, 2))
    assert groups["PERS"].counts["mentions exact"] == groups["all"].counts["mentions exact"] == Counts(4, 4, 4)
    assert groups["PERS"].counts["quotes exact"] == groups["direct"].counts["mentions exact"] == Counts()


def test_figures_by_outlet_and_split_are_those_of_articles():
    gold = [
        article("a", metadata={"publisher": "الساحل", "split": "test"}),
        article("b", metadata={"publisher": "all", "split": "train"}),
        article("c", metadata={"split": "test"}),
    ]
    by_outlet = tasrih.score(gold, gold, by="outlet").groups
    assert {name: list(group.each) for name, group in by_outlet.items()} == {
        "all": ["a", "b", "c"],
        "all'": ["b"],
        "–": ["c"],
        "الساحل": ["a"],
    }
    by_split = tasrih.agree(gold, gold, by="split").groups
    assert {name: group.articles for name, group in by_split.items()} == {"all": 3, "test": 2, "train": 1}


def test_attribution_alone_asks_for_what_was_found():
    gold = [article("a"), article("b")]
    found = [with_speaker(article("a"), "e2"), without(article("b"), 1)]
    counts = tasrih.score(gold, found, given="quotes").groups["all"].counts
    assert counts["speaker given quotes exact"] == counts["speaker given quotes overlap"] == Counts(4, 3, 2)
    assert counts["type given quotes overlap"] == Counts(4, 3, 3)
    blind = [one.model_copy(update={"entities": one.entities[1:]}) for one in found]
    counts = tasrih.score(gold, blind, given="mentions").groups["all"].counts
    assert list(counts) == ["speaker given mentions exact", "speaker given mentions overlap"]
    assert counts["speaker given mentions overlap"] == Counts(4, 1, 1)
    with pytest.raises(tasrih.TasrihError, match="cannot be given"):
        tasrih.score(gold, found, given="cues")


def test_agreement_of_a_group_is_that_of_its_articles_alone():
    gold = [article(name, metadata={"split": split}) for name, split in (("a", "test"), ("b", "train"), ("c", "test"))]
    found = [without(gold[0], 0), gold[1], without(gold[2], 1)]
    group = tasrih.agree(gold, found, by="split").groups["test"]
    assert group == tasrih.agree(gold[::2], found[::2]).groups["all"]
