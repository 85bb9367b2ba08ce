"""Figures worked out by hand, over small articles."""

import json

import pytest
from conftest import ROOT
from conftest import tasrih as run
from hypothesis import given, settings
from strategies import articles

import tasrih
from tasrih.interchange.tei import from_tei
from tasrih.record import Article, to_json
from tasrih.scoring import alpha
from tasrih.scoring.counting import Counts

HEADER = (
    "<header><phenomena>{phenomena}</phenomena>"
    '<entity xml:id="sami" type="PERS"/><entity xml:id="layla" type="{layla}"/></header>'
)
GOLD = (
    '<p><cue>قال</cue> <speaker><persName ref="sami">سامي</persName></speaker>: '
    '"<said who="sami">وصل الماء أمس</said>". '
    'و<cue>أضافت</cue> <speaker><persName ref="layla">ليلى</persName></speaker>: "<said who="layla">لا</said>".</p>'
)
READER = (
    '<p><cue>قال</cue> <speaker><persName ref="sami">سامي</persName></speaker>: '
    '"<said type="partial" who="sami">وصل الماء</said> أمس". '
    'وأضافت <orgName ref="layla">ليلى</orgName>: "<said who="sami" cue="none">لا</said>".</p>'
)


def article(name, body, phenomena="", layla="PERS"):
    head = HEADER.format(phenomena=phenomena, layla=layla)
    return from_tei(f'<TEI id="{name}">{head}{body}</TEI>'.encode())


def gold(name="a", phenomena=""):
    return article(name, GOLD, phenomena)


def reader(name="a", phenomena=""):
    return article(name, READER, phenomena, layla="ORG")


def test_precision_recall_and_f1():
    counts = Counts(gold=4, predicted=2, matched=1)
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 0.25, pytest.approx(1 / 3))
    assert Counts().f1 is Counts().precision is Counts().recall is None


def test_every_figure_of_a_small_article():
    counts = tasrih.score([gold()], [reader()]).groups["all"].counts
    assert counts == {
        "quotes exact": Counts(2, 2, 1),
        "quotes overlap": Counts(2, 2, 2),
        "cues exact": Counts(2, 1, 1),
        "cues overlap": Counts(2, 1, 1),
        "speakers exact": Counts(2, 1, 1),
        "speakers overlap": Counts(2, 1, 1),
        "terms exact": Counts(),
        "terms overlap": Counts(),
        "mentions exact": Counts(2, 2, 1),
        "mentions overlap": Counts(2, 2, 1),
        "attribution exact": Counts(2, 2, 0),
        "attribution": Counts(2, 2, 1),
        "type": Counts(2, 2, 1),
        "speaker": Counts(2, 2, 1),
        "cue": Counts(2, 2, 1),
    }


def test_speakers_are_compared_by_their_mentions_not_by_their_ids():
    body = GOLD.replace("<p><cue>", "<p><placeName>هنا</placeName> <cue>")
    plain = f'<TEI id="a"><header><entity xml:id="layla" type="PERS"/></header>{body}</TEI>'.replace(
        'ref="sami"', 'xml:id="sami"'
    )
    one, other = article("a", body), from_tei(plain.encode())
    assert [quote.speaker.entity for quote in one.quotes] != [quote.speaker.entity for quote in other.quotes]
    assert tasrih.score([one], [other]).groups["all"].counts["attribution"] == Counts(2, 2, 2)


def test_half_is_enough_and_less_is_not():
    whole = from_tei('<TEI id="a"><p>"<said who="unknown" cue="none">نعمم</said>"</p></TEI>'.encode())
    for before, words, matched in (("", "نعمم", 1), ("نع", "مم", 1), ("نعم", "م", 0)):
        text = f'<TEI id="a"><p>"{before}<said who="unknown" cue="none">{words}</said>"</p></TEI>'
        found = from_tei(text.encode())
        assert tasrih.score([whole], [found]).groups["all"].counts["quotes overlap"].matched == matched


def test_alpha_gives_the_figures_of_its_author():
    """The examples of Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": .095, .692 and .743."""
    assert alpha(zip("0100000010", "1110010000", strict=True)) == pytest.approx(0.095, abs=5e-4)
    assert alpha(zip("aabbdcccedda", "babbbccceddd", strict=True)) == pytest.approx(0.692, abs=5e-4)
    observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[value for value in unit if value != "."] for unit in zip(*observers, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_alpha_says_nothing_where_there_is_nothing_to_tell_apart():
    assert alpha([("O", "O"), ("O", "O")]) is None
    assert alpha([]) is None
    assert alpha([("a", "b"), ("b", "a")]) < 0


def test_agreement_over_tokens():
    """Of 16 tokens, quotes: 12 O/O, 2 direct/partial, 1 direct/O, 1 direct/direct; cues: 1 of 2."""
    found = tasrih.agree([gold()], [reader()]).groups["all"]
    assert found.tokens == 16
    assert found.alpha["quotes"] == pytest.approx(1 - 6 * 31 / (32**2 - 25**2 - 5**2 - 2**2))
    assert found.alpha["cues"] == pytest.approx(1 - 2 * 31 / (32**2 - 29**2 - 3**2))
    assert found.alpha["terms"] is None
    assert found.counts["A", "B"]["quotes exact"].f1 == 0.5


def test_three_annotators_are_compared_in_pairs():
    found = tasrih.agree([gold()], [reader()], [gold()]).groups["all"]
    assert {pair: counts["quotes exact"].f1 for pair, counts in found.counts.items()} == {
        ("A", "B"): 0.5,
        ("A", "C"): 1.0,
        ("B", "C"): 0.5,
    }
    alone = tasrih.agree([gold()], [gold()]).groups["all"]
    assert alone.alpha["quotes"] == 1.0 > found.alpha["quotes"]


def test_figures_are_broken_down():
    golds = [gold("a", "denial dialect"), gold("b", "denial"), gold("c")]
    found = [reader("a"), gold("b"), gold("c")]
    groups = tasrih.score(golds, found, by="phenomena").groups
    assert {name: (group.articles, group.counts["quotes exact"].f1) for name, group in groups.items()} == {
        "all": (3, pytest.approx(5 / 6)),
        "denial": (2, 0.75),
        "dialect": (1, 0.5),
    }
    assert list(tasrih.agree(golds, found, by="collection").groups) == ["all", "composed"]
    with pytest.raises(tasrih.TasrihError, match="cannot be broken down by that"):
        tasrih.score(golds, found, by="weather")


def test_figures_of_a_phenomenon_are_those_of_its_quotes():
    """Of two quotes one is `hard`: the reader found it with another span; what it made up elsewhere does not count."""
    hard = article("a", GOLD.replace('<said who="sami">', '<said who="sami" phenomena="hard">'), "hard interview")
    groups = tasrih.score([hard], [reader()], by="phenomena").groups
    assert list(groups) == ["all", "hard", "interview"]
    counts = groups["hard"].counts
    assert (counts["quotes exact"], counts["quotes overlap"]) == (Counts(1, 1, 0), Counts(1, 1, 1))
    assert (counts["attribution"], counts["mentions exact"]) == (Counts(1, 1, 1), Counts())
    assert groups["interview"].counts == groups["all"].counts


def test_articles_that_a_side_lacks_are_named_and_do_not_count():
    scores = tasrih.score([gold("a"), gold("b")], [gold("a"), gold("c")])
    assert scores.missing == {"A": ["c"], "B": ["b"]}
    assert scores.groups["all"].counts["quotes exact"] == Counts(2, 2, 2)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(tasrih.TasrihError, match="no article in common"):
        tasrih.score([gold("a")], [gold("b")])
    with pytest.raises(tasrih.TasrihError, match="the text of paragraph 1 is not the same"):
        tasrih.score([gold()], [article("a", GOLD.replace("أمس", "غدا"))])
    with pytest.raises(tasrih.TasrihError, match="the text of paragraph 2 is not the same"):
        tasrih.score([gold()], [article("a", GOLD + "<p>نعم</p>")])
    with pytest.raises(tasrih.TasrihError, match="two annotators or more"):
        tasrih.agree([gold()])


@settings(max_examples=200)
@given(articles())
def test_a_record_agrees_with_itself(record):
    same = Article.model_validate_json(json.dumps(record))
    found = tasrih.agree([same], [same]).groups["all"]
    layers = [counts for name, counts in found.counts["A", "B"].items() if name.endswith((" exact", " overlap"))]
    assert all(counts.gold == counts.predicted == counts.matched for counts in layers)
    assert set(found.alpha.values()) <= {1.0, None}


@pytest.fixture
def folders(tmp_path):
    for name, made in (("gold", [gold("a"), gold("b")]), ("reader", [reader("a")])):
        (tmp_path / name).mkdir()
        for one in made:
            (tmp_path / name / f"{one.id}.json").write_bytes(to_json(one))
    return tmp_path / "gold", tmp_path / "reader"


def test_the_command_prints_a_table_and_names_what_is_missing(folders):
    done = run("score", *folders)
    assert done.returncode == 1
    assert f"{folders[1]} lacks b." in done.stderr.decode()
    rows = [line.split() for line in done.stdout.decode().splitlines()]
    assert ["quotes", "2", "2", "0.500", "0.500", "0.500", "–", "0.500"] in rows
    assert ["quotes", "≥", "½", "2", "2", "1.000", "1.000", "1.000", "–", "1.000"] in rows
    assert ["cues", "2", "1", "1.000", "0.500", "0.667", "–", "0.667"] in rows
    assert ["terms", "0", "0", "–", "–", "–", "–", "–"] in rows
    assert ["same", "speaker", "≥", "½", "2", "2", "0.500", "–", "0.500"] in rows
    assert "…" not in done.stdout.decode()


def test_agreement_is_printed(folders):
    done = run("agree", folders[0], folders[0])
    assert done.returncode == 0
    rows = [line.split() for line in done.stdout.decode().splitlines()]
    assert ["quotes", "1.000", "1.000", "1.000"] in rows
    several = run("agree", *folders, folders[0]).stdout.decode()
    assert several.count("same speaker") == 4


def test_figures_are_given_as_json(folders):
    figures = json.loads(run("score", *folders, "--format", "json").stdout)
    assert figures["missing"] == {str(folders[1]): ["b"]}
    assert figures["groups"]["all"]["figures"]["quotes"]["overlap"]["f1"] == 1.0
    assert figures["groups"]["all"]["figures"]["same"]["type"] == {"matched": 2, "same": 1, "accuracy": 0.5}
    agreement = json.loads(run("agree", *folders, "--by", "collection", "--format", "json").stdout)
    group = agreement["groups"]["composed"]
    assert group["tokens"] == 16
    assert group["alpha"]["terms"] is None
    assert group["pairs"][0]["figures"]["attribution"]["f1"] == 0.5


def test_json_lines_are_compared_with_a_folder(folders, tmp_path):
    lines = tmp_path / "reader.jsonl"
    lines.write_text(json.dumps(json.loads(to_json(reader("a")))), "utf-8")
    assert run("score", folders[1], lines).returncode == 0


@pytest.mark.parametrize(
    "arguments", [["score", "corpus"], ["score", "corpus", "nowhere"], ["agree", "corpus"], ["agree", "corpus", "docs"]]
)
def test_wrong_use_is_explained(arguments):
    done = run(*[ROOT / name if name in ("corpus", "docs") else name for name in arguments])
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("change", [{"end": 2**31 - 1}, {"paragraph": "p999"}, {"start": 5, "end": 2}])
def test_spans_outside_the_text_are_refused(change, seed):
    seed["quotes"][3]["cue"] |= change
    wrong = [Article.model_validate_json(json.dumps(seed))]
    for compare in (tasrih.score, tasrih.agree):
        with pytest.raises(tasrih.TasrihError, match="has no text at p"):
            compare(tasrih.load(ROOT / "corpus/articles/news"), wrong)
