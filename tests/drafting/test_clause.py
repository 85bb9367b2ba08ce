"""Who speaks and which word says so, on invented texts; those that are not right yet have the reason beside them."""

from pathlib import Path
from typing import Any

import pytest
from invented import cases, drafted, speakers

from tasrih.record import Article, Quote

REPORTING = Path(__file__).with_name("reporting.txt").read_text("utf-8").split()
BEFORE_SPEECH = ("أن", "على أن", "عن أن", "بأن")


def _drafted(body: str, headline: str = "أخبار من بلدة الزعرورة") -> Article:
    return drafted({"headline": headline, "body": body})


def _marked(article: Article) -> list[Quote]:
    return [quote for quote in article.quotes if quote.type != "indirect"]


def _speakers(article: Article) -> list[str | None]:
    return speakers(_marked(article), article)


@pytest.mark.parametrize("case", cases("cases_clause.jsonl"))
def test_who_speaks(case: dict[str, Any]) -> None:
    article = _drafted(case["body"], case["headline"])
    quotes = _marked(article)
    assert _speakers(article) == case["speakers"]
    if "cues" in case:
        assert [quote.cue and quote.cue.text for quote in quotes] == case["cues"]
    if "types" in case:
        assert [quote.type for quote in quotes] == case["types"]


@pytest.mark.parametrize("word", REPORTING)
def test_reporting_words(word: str) -> None:
    """Each reports with أن or with one of the prepositions before it, and its subject is the speaker."""
    drafts = [_drafted(f'و{word} النائب سمير الجردي، أمس، {that} "الجسر القديم يغلق غدا".') for that in BEFORE_SPEECH]
    told = [(quote.cue and quote.cue.text, _speakers(one)) for one in drafts for quote in _marked(one)]
    assert (word, ["سمير الجردي"]) in told


@pytest.mark.parametrize(
    "body",
    [
        'وكتب النائب سمير الجردي عبر حسابه: "الجسر مغلق هذا اليوم".',
        'وكتب النائب سمير الجردي عقب اللقاء: "الجسر مغلق هذا اليوم".',
        'وكتب النائب سمير الجردي، أحد أبرز منتقدي السد: "الجسر مغلق هذا اليوم".',
        'وكتب النائب سمير الجردي بعد نشر التقرير: "الجسر مغلق هذا اليوم".',
    ],
)
def test_other_words_do_not_report(body: str) -> None:
    (quote,) = _marked(_drafted(body))
    assert quote.cue is not None
    assert quote.cue.text == "كتب"


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ('لكن النائب سمير الجردي، الذي زار البلدة، قال يوم الأحد إن "الجسر مغلق تماما".', "سمير الجردي"),
        ('وشدد في هذا الصدد وزير المياه سمير الجردي على أن "الجسر مغلق تماما".', "سمير الجردي"),
        ('وقال رئيس قسم الجسور في الهيئة سمير الجردي إن "الجسر مغلق تماما".', "سمير الجردي"),
        ('وظهر النائب سمير الجردي في لقاء وصف فيه نادر الصوفاني بأنه "رجل من الماضي".', "سمير الجردي"),
        ('أما النائب سمير الجردي فقد انتقد أداء الهيئة، قائلا: "الجسر مغلق هذا اليوم".', "سمير الجردي"),
        ('وجاء في بيان لشركة السنابل أن "الجسر مغلق هذا اليوم".', "شركة السنابل"),
        ('وأشارت الدراسة إلى أن "الجسر القديم آمن تماما".', "الدراسة"),
        ('وزار النائب سمير الجردي البلدة. لكن الأخير قال إن "الجسر مغلق تماما".', "سمير الجردي"),
    ],
)
def test_where_the_subject_stands(body: str, speaker: str) -> None:
    assert _speakers(_drafted(body)) == [speaker]


@pytest.mark.parametrize("case", cases("cases_unmarked.jsonl"))
def test_speech_without_marks(case: dict[str, Any]) -> None:
    """Which words report, what they report without marks, and who says it."""
    article = _drafted(case["body"], case.get("headline", "أخبار من بلدة الزعرورة"))
    told = [quote for quote in article.quotes if quote.type == "indirect"]
    found = [
        [quote.cue and quote.cue.text, quote.spans[0].text, speaker]
        for quote, speaker in zip(told, speakers(told, article), strict=True)
    ]
    assert found == case["unmarked"]
