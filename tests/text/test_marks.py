"""Which characters are quotation marks: the drafter and the rules say the same of every one."""

import pytest

from tasrih import draft
from tasrih.text.marks import marks
from tasrih.text.pairs import pairs
from tasrih.validation import RULES, validate
from tasrih.validation.index import Index

TITLE = "الوزيرة تعلن خطة المياه\n\n"
WORDS = "سنفتح المصنع في الصيف المقبل"
PAIRS = [
    *['""', "«»", "»«", "“”", "””", "”“", "„“", "„”", "‟”", "‹›", "''", "‘’", "’’", "‚‘", "‛’", "＂＂", "＇＇", "〝〞"],
    *["〝〟", "「」", "『』", "﹁﹂", "﹃﹄", "｢｣", "❝❞", "❛❜", "⹂“", '"”', '«"', "`'", "``", "´´"],
]
TYPED = [("''", "''"), ("``", "''"), ("‘‘", "’’"), ("<<", ">>"), ("‹‹", "››"), (",,", "''"), ('""', '""')]
DOUBLE = [("«“", "”»"), ('"«', '»"'), ('" ', ' "'), ("« ", " »"), ("'' ", " ''")]


def found(text):
    """The draft of a text, and the codes of what rules about quotes find in it, waived or not."""
    record = draft("a.txt", (TITLE + text).encode())
    index = Index(record.model_dump(mode="json"), None)
    return record, {code for code in RULES if code[0] in "AQ" for problem in RULES[code].check(index) if code != "Q121"}


@pytest.mark.parametrize(("opening", "closing"), [*PAIRS, *TYPED, *DOUBLE])
def test_what_stands_in_marks_is_speech_to_the_drafter_and_marked_to_the_rules(opening, closing):
    record, codes = found(f"قالت الوزيرة هدى السالمي: {opening}{WORDS}{closing}.")
    (quote,) = record.quotes
    assert (quote.type, quote.spans[0].text, quote.cue.text) == ("direct", WORDS, "قالت")
    assert quote.provenance.rule == "colon"
    assert (codes, record.waivers) == (set(), ())


@pytest.mark.parametrize(("opening", "closing"), [*PAIRS, *TYPED, *DOUBLE])
def test_marks_that_belong_to_nothing_are_found(opening, closing):
    record = draft("a.txt", f"{TITLE}قالت الوزيرة هدى السالمي: {opening}{WORDS}{closing}.".encode())
    bare = record.model_dump(mode="json") | {"quotes": [], "terms": []}
    (problem,) = RULES["Q101"].check(Index(bare, None))
    assert problem.at == ("paragraphs", 1, "text")


@pytest.mark.parametrize(
    "text",
    [
        'شاشة قياس 55" في السوق',
        "شاشة قياس 55'' في السوق",
        "أنبوب قطره 2.5\" وطوله 6' في المصنع",
        "شاشة قياس ٥٥” في السوق",
        "دام اللقاء 5'30\" قبل أن يتوقف",
        "دام اللقاء 90' كاملة",
        "جيل '90 كله، وجيل ’68 قبله",
        "» بند أول من الخطة",
        "« بند أول من الخطة",
        "› بند أول من الخطة",
        ">> بند أول من الخطة",
        "فرقة Rock'n'Roll وفيلم Singin' in the Rain",
        "مقهى L'Étoile ونادي workers' club",
        "ولاية O‘Brien ورواية D’Artagnan",
        "درجة الحرارة 40° و5′ و3″ شرقا",
        "قال ذلك,, ثم سكت",
        "﴿كلام منزل﴾ و((كلام آخر)) و[ثالث]",
        "العدد 3 < 5 والعدد 5 > 3",
    ],
)
def test_inches_years_bullets_and_apostrophes_are_no_marks(text):
    record, codes = found(text)
    assert (record.quotes, record.terms, codes) == ((), (), set())
    assert {waiver.rule for waiver in record.waivers} <= {"T104"}


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('قال: "الشاشة 55" أكبر من غيرها".', ['الشاشة 55" أكبر من غيرها']),
        ('قال: "عددهم 55".', ["عددهم 55"]),
        ('» بند "أول" من الخطة', ["أول"]),
        ("» سنفتح المصنع «", ["سنفتح المصنع"]),
        ("'90 شخصا' في القاعة", ["90 شخصا"]),
        ('بعنوان "برنامج 2017-2021" أمس', ["برنامج 2017-2021"]),
        ("قال: 'فيلم workers' club جديد'.", ["فيلم workers' club جديد"]),
        ('""نص"" ثم ""آخر""', ["نص", "آخر"]),
    ],
)
def test_such_marks_beside_real_ones(text, inside):
    assert [text[pair.start : pair.end] for pair in pairs(text) if pair.end > pair.start] == inside


def test_a_mark_is_as_long_as_what_is_typed_for_it():
    assert [mark.glyph for mark in marks("''أ'' ``ب'' <<ج>> ,,د'' 'هـ' < ; ,, . 5'3")] == [
        *["''", "''", "``", "''", "<<", ">>", ",,", "''", "'", "'"]
    ]


LEFT = "قالت المديرة سلمى الحداد:"
PARTS = ["سنفتح المصنع في الصيف المقبل", "وسنعيد العمال إلى أعمالهم", "ولن نغلقه أبدا"]
OVER = {
    "opened anew, closed at the end": LEFT + " {o}{0}.\n{o}{1}.\n{o}{2}{c}.",
    "each closed": LEFT + " {o}{0}{c}.\n{o}{1}{c}.\n{o}{2}{c}.",
    "full stops inside": LEFT + " {o}{0}.{c}\n{o}{1}.{c}\n{o}{2}.{c}",
    "opened once, closed at the end": LEFT + " {o}{0}.\n{1}.\n{2}{c}.",
    "after a colon": "و" + LEFT + "\n{o}{0}.\n{o}{1}.\n{o}{2}{c}.",
    "after a colon, opened once": "و" + LEFT + "\n{o}{0}.\n{1}.\n{2}{c}.",
    "after a colon, each closed": "و" + LEFT + "\n{o}{0}{c}\n{o}{1}.{c}\n{o}{2}.{c}",
    "a cue at the end": "{o}{0}.\n{o}{1}.\n{o}{2}{c}، قالت المديرة سلمى الحداد.",
    "more after it": LEFT + " {o}{0}.\n{o}{1}.\n{o}{2}{c}. وانصرفت بعد ذلك.",
}


@pytest.mark.parametrize("layout", OVER.values(), ids=OVER)
@pytest.mark.parametrize(("opening", "closing"), ['""', "«»", "“”", "''", "‘’", "〝〞", ("<<", ">>")])
def test_speech_over_paragraphs_is_one_quote(layout, opening, closing):
    record, codes = found(layout.format(*PARTS, o=opening, c=closing).replace("\n", "\n\n"))
    (quote,) = record.quotes
    assert [span.text.rstrip(".") for span in quote.spans] == PARTS
    assert (quote.type, quote.cue.text) == ("direct", "قالت")
    assert (quote.speaker.form, quote.speaker.span.text) == ("named", "سلمى الحداد")
    assert (codes, record.waivers, record.terms) == (set(), (), ())


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (LEFT + ' "{0}".\nوقالت الوزيرة هدى السالمي: "{1}".', [[0], [1]]),
        (LEFT + ' "{0}".\n"{1}"، يقول العامل سامي نصار.', [[0], [1]]),
        (LEFT + ' "{0}".\nوانصرفت بعد ذلك.\n"{1} كلنا غدا صباحا".', [[0], [1]]),
        (LEFT + ' "{0}.\nوانصرفت بعد ذلك.', [[0]]),
        (LEFT + ' "{0}.\nوانصرفت بعد ذلك.\nوأضافت: "{1}".', [[0], [1]]),
        (LEFT + ' "{0}".\n"الأفق"', [[0]]),
        (LEFT + '\nانصرف الجميع.\n"{1} كلنا غدا صباحا".', [[1]]),
    ],
)
def test_speech_ends_with_the_writers_words_or_another_cue(text, spans):
    record, _ = found(text.format(*PARTS))
    begun = [
        [number for number, part in enumerate(PARTS) if span.text.startswith(part)]
        for quote in record.quotes
        for span in quote.spans
    ]
    assert begun == spans


def test_what_is_inside_speech_over_paragraphs_is_its_child():
    text = LEFT + ' «سنفتح المصنع قريبا.\nقال لي أبي: "اصبر يا بني كثيرا" فصبرت.\nولن نغلقه أبدا».'
    record, codes = found(text)
    outer, inner = record.quotes
    assert ([span.paragraph for span in outer.spans], inner.parent) == (["p2", "p3", "p4"], outer.id)
    assert codes == set()


def test_a_cue_before_a_colon_at_the_end_of_a_paragraph_is_near_enough(tmp_path):
    record = draft("a.txt", f"{TITLE}وقالت المديرة سلمى الحداد:\n\n«{WORDS}».".encode())
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.txt").write_bytes(f"{TITLE}وقالت المديرة سلمى الحداد:\n\n«{WORDS}».".encode())
    report = validate([record.model_dump(mode="json", exclude_unset=True)], within=tmp_path)
    assert report.by_code() == {"M104": 1}
    assert (record.quotes[0].cue.paragraph, record.quotes[0].spans[0].paragraph) == ("p2", "p3")
