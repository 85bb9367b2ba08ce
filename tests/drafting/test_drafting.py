"""From raw text to a draft: the seed as its reader would have it, sentences made for each phenomenon, broken input."""

import gzip
import json
import random
import re
from datetime import date

import pytest
from conftest import RECORD, ROOT, read_json
from conftest import tasrih as command

from tasrih import TasrihError, draft
from tasrih.dates.mentions import dates
from tasrih.drafts import drafts
from tasrih.text.pairs import pairs
from tasrih.validation.roads import check

SOURCE = ROOT / "corpus" / RECORD["metadata"]["source"]["path"]
TITLE = "أخبار وادي النحل هذا المساء\n\n"


def drafted(text):
    return draft("article.txt", (TITLE + text).encode())


def told(text):
    """The quotes and terms of a text as (type or kind, words, cue, speaker)."""
    record = drafted(text)
    names = {entity.id: entity.name for entity in record.entities}
    quotes = [
        (
            quote.type,
            quote.spans[0].text,
            quote.cue.text if quote.cue else None,
            names[quote.speaker.entity] if quote.speaker else None,
        )
        for quote in record.quotes
    ]
    return quotes + [(term.kind, term.span.text) for term in record.terms]


@pytest.fixture(scope="module")
def seed_draft():
    return draft(SOURCE.name, SOURCE.read_bytes())


def test_the_seed_gives_all_marked_quotes_with_type_cue_and_speaker(seed_draft):
    names = {entity.id: entity.name for entity in seed_draft.entities}
    marked = [quote for quote in RECORD["quotes"] if quote["type"] != "indirect"]
    found = [quote for quote in seed_draft.quotes if quote.type != "indirect"]
    assert [quote.type for quote in found] == [quote["type"] for quote in marked]
    assert [quote.spans[0].text for quote in found] == [quote["spans"][0]["text"] for quote in marked]
    assert [names[quote.speaker.entity] for quote in found] == ["سيرغي لافروف"] * 7
    assert all(quote.cue.text in wanted["cue"]["text"] for quote, wanted in zip(found, marked, strict=True))


def test_the_seed_gives_unmarked_speech_of_the_reporting_clauses(seed_draft):
    wanted = [quote["spans"][0]["text"] for quote in RECORD["quotes"] if quote["type"] == "indirect"]
    found = [quote.spans[0].text for quote in seed_draft.quotes if quote.type == "indirect"]
    assert found == wanted[:4] + wanted[5:]
    (fragment,) = (quote for quote in seed_draft.quotes if quote.type == "partial")
    assert fragment.parent == next(quote.id for quote in seed_draft.quotes if quote.spans[0].text == wanted[3])


def test_the_seed_gives_no_name_as_speech(seed_draft):
    assert [term.span.text for term in seed_draft.terms] == [term["span"]["text"] for term in RECORD["terms"]]


def test_the_layout_of_the_seed_is_read(seed_draft):
    metadata = json.loads(seed_draft.model_dump_json(exclude_unset=True))["metadata"]
    for field in ("published", "publisher", "agency", "editions", "image_credit"):
        assert metadata[field] == RECORD["metadata"][field], field
    assert metadata["source"] == RECORD["metadata"]["source"]
    wanted = [(paragraph["role"], paragraph["text"]) for paragraph in RECORD["paragraphs"]]
    assert [(paragraph.role, paragraph.text) for paragraph in seed_draft.paragraphs] == wanted


def test_the_draft_of_the_seed_has_nothing_to_mend_before_it_is_read(seed_draft):
    data = json.dumps(json.loads(seed_draft.model_dump_json())).encode()
    report = check(f"{seed_draft.id}.json", data, within=ROOT / "corpus")
    assert report.by_code() == {}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('قال رامي الخطيب: "نبدأ العمل غدا صباحا".', ("direct", "نبدأ العمل غدا صباحا", "قال", "رامي الخطيب")),
        ("قال رامي الخطيب «نبدأ العمل غدا صباحا».", ("direct", "نبدأ العمل غدا صباحا", "قال", "رامي الخطيب")),
        ('وأكدت سعاد النجار أن "العمل يبدأ غدا صباحا".', ("direct", "العمل يبدأ غدا صباحا", "أكدت", "سعاد النجار")),
        ('وصف رامي الخطيب الطريق بأنها "خطرة جدا".', ("partial", "خطرة جدا", "وصف", "رامي الخطيب")),
        ('"نبدأ العمل غدا صباحا"، يقول رامي الخطيب.', ("direct", "نبدأ العمل غدا صباحا", "يقول", "رامي الخطيب")),
    ],
)
def test_speech_has_a_type_a_cue_and_a_speaker(text, wanted):
    assert told(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "speaker", "span"),
    [
        ('حذرت رئيسة بلدية وادي النخيل، سلمى الحداد، من "سيول كبيرة".', "سلمى الحداد", "سلمى الحداد"),
        ('نفى الكاتب العام لنقابة السكك، رؤوف الغزواني، وجود "صفقة سرية".', "رؤوف الغزواني", "رؤوف الغزواني"),
        ('ورأت جمعية "أصدقاء النهر" أن ما يحدث "نتيجة للإهمال".', "أصدقاء النهر", 'جمعية "أصدقاء النهر"'),
        ('وجاء في بيان لوزارة النقل: "نرفض لغة التهديد كلها".', "وزارة النقل", "بيان لوزارة النقل"),
        ('ونقلت صحيفة "الصدى" عن مهندس في المشروع قوله إن "الشقوق ظهرت منذ عامين".', "مهندس", "مهندس"),
        ('وأكد الخبير القانوني د. سالم شديد أن "القضية معقدة جدا اليوم".', "سالم شديد", "سالم شديد"),
        ('أما رئيس اللجنة عادل مرزوق فقال: "قرأنا مئة عمل هذا العام".', "عادل مرزوق", "عادل مرزوق"),
        ('وأكدت مصادر مطلعة لـ"الأفق" أن "اجتماعا طارئا سيعقد غدا".', "مصادر مطلعة", "مصادر مطلعة"),
        (
            'وقال المتحدث باسم النقابة في الوادي، سالم شديد، إن الملف "فارغ".',
            "سالم شديد",
            "سالم شديد",
        ),
        ('ونفى ذلك رئيسها فوزي حمدان، الذي شدد على أن "المبنى لم يكن خطرا".', "فوزي حمدان", "فوزي حمدان"),
        ('وقالت جارة للضحايا، فضلت عدم ذكر اسمها: "حذرناهم مرارا كثيرة".', "جارة للضحايا", "جارة للضحايا"),
        ('ويضيف زوجها، المهندس سامي نصار، أن العمل "استغرق عامين".', "سامي نصار", "سامي نصار"),
        ('وقال كبير المحللين في مؤسسة "أفق" إدوارد ميلز: "السوق تترقب القرار".', "إدوارد ميلز", "إدوارد ميلز"),
        ('"لا أكتب لأنسى شيئا"، كانت سعاد النجار قد صرحت العام الماضي.', "سعاد النجار", "سعاد النجار"),
    ],
)
def test_speakers_are_found_by_office_apposition_name_in_marks_and_source(text, speaker, span):
    record = drafted(text)
    quote = next(quote for quote in record.quotes if quote.type != "indirect")
    names = {entity.id: entity.name for entity in record.entities}
    assert (names[quote.speaker.entity], quote.speaker.span.text) == (speaker, span)


def test_two_words_that_report_together_are_one_cue():
    (quote,) = drafted('واستدرك رامي الخطيب: "نعم". واستدرك قائلا: "لن نتأخر عن الموعد".').quotes[1:]
    assert (quote.cue.text, quote.cue.kind) == ("استدرك قائلا", "verb")


def test_an_inch_mark_is_no_quotation_mark():
    assert told('يذكر أن طول الشاشة 55" في المعرض الزراعي هذا العام.') == []


def test_a_statement_of_nobody_met_before_is_not_by_who_spoke_last():
    text = 'قال رامي الخطيب: "نبدأ العمل غدا". وقالت ممثلة النيابة العامة: "لدينا شهود ووثائق كثيرة".'
    assert [quote[3] for quote in told(text)] == ["رامي الخطيب", "ممثلة النيابة العامة"]


def test_a_fragment_stands_in_its_reported_clause():
    clause, fragment = drafted('وقال وزير النقل رامي الخطيب إن الطرق "بحاجة إلى صيانة".').quotes
    assert (clause.type, clause.spans[0].text) == ("indirect", 'الطرق "بحاجة إلى صيانة"')
    assert (fragment.type, fragment.spans[0].text, fragment.parent) == ("partial", "بحاجة إلى صيانة", clause.id)
    assert (fragment.cue, fragment.speaker) == (clause.cue, clause.speaker)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("وأعلنت سعاد النجار أن العمل يبدأ غدا صباحا.", ("العمل يبدأ غدا صباحا", "أعلنت", "سعاد النجار")),
        ("وأكد رامي الخطيب ضرورة فتح الطريق قبل العيد.", ("ضرورة فتح الطريق قبل العيد", "أكد", "رامي الخطيب")),
        ("ووفقا لوزارة النقل، أغلقت الطريق صباح أمس.", ("أغلقت الطريق صباح أمس", "وفقا", "وزارة النقل")),
        ("أغلقت الطريق صباح أمس، بحسب وزارة النقل.", ("أغلقت الطريق صباح أمس", "بحسب", "وزارة النقل")),
        (
            "ونقلت وكالة الأنباء المحلية عن رامي الخطيب أن الطريق مفتوحة اليوم.",
            ("الطريق مفتوحة اليوم", "نقلت", "رامي الخطيب"),
        ),
    ],
)
def test_unmarked_speech_is_the_reported_clause(text, wanted):
    assert told(text) == [("indirect", *wanted)]


def test_a_clause_ends_where_a_participle_reports_the_next():
    text = "وقال رامي الخطيب إن الطريق مغلقة منذ أمس مشيرا إلى أن العمل يبدأ غدا صباحا."
    clauses = [quote[1:] for quote in told(text)]
    assert clauses == [
        ("الطريق مغلقة منذ أمس", "قال", "رامي الخطيب"),
        ("العمل يبدأ غدا صباحا", "مشيرا", "رامي الخطيب"),
    ]


def test_a_headline_colon_reports():
    record = draft("a.txt", "سعاد النجار: نفتح الجسر قبل العيد\n\nقالت سعاد النجار ذلك أمس.".encode())
    (quote,) = record.quotes
    assert (quote.type, quote.cue.kind, quote.spans[0].text) == ("indirect", "punctuation", "نفتح الجسر قبل العيد")


@pytest.mark.parametrize("text", ["ولم يقل رامي الخطيب إن الطريق مفتوحة اليوم.", "عاجل: أمطار غزيرة على الوادي"])
def test_what_nobody_says_is_no_speech(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("وصل الوفد إلى مراكش وبالطائرة إلى اللاذقية أمس.", {("GPE", "مراكش"), ("GPE", "اللاذقية")}),
        ("غادر الوفد للولايات المتحدة الأمريكية.", {("GPE", "ولايات المتحدة الأمريكية")}),
        ("وناقش الأمرَ مجلسُ الأمن الدولي طويلا.", {("ORG", "مجلسُ الأمن الدولي")}),
        ("زارت الوفود وزارة الصحة والتعليم ثم عادت.", {("ORG", "وزارة الصحة والتعليم")}),
        ("وتقدم حزب العدالة والتنمية الحاكم في النتائج.", {("ORG", "حزب العدالة والتنمية")}),
        ("وأسس الرابطة المغربية لحقوق الإنسان قبل عام.", {("NORP", "المغربية")}),
        ("وحضر محمود بن سالم النجار حفلا كبيرا.", {("PERS", "محمود بن سالم النجار")}),
        ("واستقبل البابا بنديكتوس السادس وفدا من الأهالي.", {("PERS", "بنديكتوس السادس")}),
        ("وتضررت مدينة سيدي النخيل من السيول.", {("GPE", "سيدي النخيل")}),
        ("وتضررت مناطق عين الرمان وتغسال، وبني واد من السيول.", {("GPE", "عين الرمان"), ("GPE", "تغسال")}),
        ("وأغلق مطار بيروت الدولي أبوابه.", {("FAC", "مطار بيروت الدولي")}),
        ("وعاد ذكر الحرب العالمية الثانية.", {("EVENT", "الحرب العالمية الثانية")}),
        ("وشرح الطلاب الفرنسيون والأتراك الفكرة لهم.", {("NORP", "الفرنسيون")}),
    ],
)
def test_names_are_found_by_lists_and_by_the_words_around_them(text, wanted):
    found = {(entity.type, entity.mentions[0].text) for entity in drafted(text).entities}
    assert wanted <= found


def test_an_office_beside_a_name_is_a_mention_of_its_own():
    record = drafted("قال وزير النقل رامي الخطيب إن الطريق مفتوحة اليوم. وأضاف الخطيب أنها آمنة جدا للجميع.")
    mentions = {(entity.type, mention.text) for entity in record.entities for mention in entity.mentions}
    assert {("OCC", "وزير النقل"), ("PERS", "رامي الخطيب"), ("PERS", "الخطيب")} <= mentions


def test_an_entity_of_the_register_is_linked(seed_draft):
    entities = {entity.name: entity for entity in seed_draft.entities}
    assert entities["سيرغي لافروف"].link == "sergey-lavrov"
    assert entities["أفغانستان"].identifiers.iso3166 == "AF"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('زار الوفد مقر حركة "الغد" في البلدة أمس.', ("name", "الغد")),
        ('وقدم الكاتب محاضرة بعنوان "المدينة والنهر" في المكتبة.', ("title", "المدينة والنهر")),
        ("فاز فريق «النسور» بالكأس هذا العام.", ("name", "النسور")),
    ],
)
def test_names_and_titles_are_no_speech(text, wanted):
    assert told(text) == [wanted]


def test_a_name_and_speech_stand_side_by_side():
    quotes = told('قال رامي الخطيب لبرنامج "صباح البلد": "نبدأ العمل غدا صباحا".')
    assert quotes == [("direct", "نبدأ العمل غدا صباحا", "قال", "رامي الخطيب"), ("name", "صباح البلد")]


def test_an_elided_speaker_is_who_spoke_last_in_the_gender_of_the_verb():
    text = (
        'قالت سعاد النجار: "نبدأ العمل غدا صباحا". ورد رامي الخطيب قائلا: "سننتظر يوما آخر". '
        'وأضافت: "لن ننتظر أحدا بعد اليوم".'
    )
    assert [quote[3] for quote in told(text)] == ["سعاد النجار", "رامي الخطيب", "سعاد النجار"]


def test_a_surname_is_the_person_introduced_before():
    text = (
        'قال وزير النقل رامي الخطيب: "نبدأ غدا صباحا".\n'
        'وأضاف الخطيب: "لن نتأخر عن الموعد". وتابع الوزير: "هذا وعد منا".'
    )
    assert [quote[3] for quote in told(text)] == ["رامي الخطيب"] * 3


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("أ «ب» ج", ["ب"]),
        ('قال: "ب ج د', ["ب ج د"]),
        ('قال: "ب. "ج د".', ["ب.", "ج د"]),
        ("قال: \"ب 'ج' د\"", ["ب 'ج' د", "ج"]),
        ("قال: ''ب ج''", ["ب ج"]),
        ('و"ب" بـ"ج"', ["ب", "ج"]),
        ('قال: " ب "', ["ب"]),
        ("فريق Valley's Bees", []),
        ('قال: "أ «ب» ج"', ["أ «ب» ج", "ب"]),
    ],
)
def test_marks_are_paired_by_reading(text, inside):
    assert [text[pair.start : pair.end] for pair in pairs(text)] == inside


def mutated(text, rng):
    """A text cut, with marks removed, doubled or changed, or with other scripts in it."""
    change = rng.randrange(6)
    place = rng.randrange(len(text))
    if change == 0:
        return text[:place]
    if change == 1:
        return text[place:]
    if change == 2:
        return "".join(letter for letter in text if letter != '"' or rng.random() < 0.7)
    if change == 3:
        return "".join(letter * rng.choice([1, 2]) if letter == '"' else letter for letter in text)
    if change == 4:
        return "".join(rng.choice("\"«»“”'") if letter == '"' else letter for letter in text)
    return (
        text[:place] + rng.choice(["\x00", "日本語", "\u202e", "𝒳 NATO", "\n" * 9, '"' * 99, "ـ" * 50]) + text[place:]
    )


def test_mutated_articles_give_records_or_errors():
    rng, text, errors = random.Random(0), SOURCE.read_text(encoding="utf-8"), 0
    for _ in range(200):
        try:
            record = draft("a.txt", mutated(mutated(text, rng), rng).encode())
        except TasrihError:
            errors += 1
            continue
        data = json.dumps(json.loads(record.model_dump_json())).encode()
        report = check("a.json", data, within=ROOT / "corpus")
        assert not {code for code in report.by_code() if code[0] in ("S", "A")}, data.decode()[:3000]
    assert errors < 20


def test_a_paragraph_of_a_megabyte_is_drafted():
    text = SOURCE.read_text(encoding="utf-8").replace("\n", " ")
    record = drafted(text * (1_000_000 // len(text.encode())))
    assert len(record.paragraphs) == 2
    assert len(record.quotes) > 500


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"Plain English text, nothing else.", b"\x89PNG\r\n\x1a\n\x00", b"\xff\xfe\x00"]
)
def test_what_is_no_arabic_article_is_an_error(tmp_path, data):
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_bytes(SOURCE.read_bytes())
    error, record = drafts([str(tmp_path)])
    assert isinstance(error, TasrihError)
    assert "a.txt" in str(error)
    assert record.id == "2021-10-13-b"


def test_the_command_prints_or_writes_and_goes_on_after_an_error(tmp_path):
    printed = command("draft", "-", "--published", "2024-05-04", "--publisher", "النشرة", stdin=SOURCE.read_bytes())
    record = json.loads(printed.stdout)
    assert (record["metadata"]["published"], record["metadata"]["publisher"]) == ("2024-05-04", "النشرة")
    (tmp_path / "a.txt").write_bytes(b"no Arabic")
    (tmp_path / "b.txt").write_bytes(SOURCE.read_bytes())
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "x", "text": SOURCE.read_text("utf-8")}) + "\n{}\n", "utf-8")
    done = command("draft", str(tmp_path), str(tmp_path / "c.jsonl"), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["2021-10-13-b.json", "2021-10-13-x.json"]
    assert read_json(tmp_path / "out" / names[0])["quotes"]


def test_several_processes_draft_the_same_as_one(tmp_path):
    text = SOURCE.read_text("utf-8")
    for number in range(20):
        (tmp_path / f"a{number:02}.txt").write_text(text if number % 5 else "no Arabic", "utf-8")
    lines = [json.dumps({"id": f"x{number}", "text": text}) + "\n" for number in range(100)] + ["{}\n"]
    (tmp_path / "b.jsonl").write_text("".join(lines), "utf-8")
    inputs = [str(tmp_path), str(tmp_path / "b.jsonl")]
    alone, together = (
        [str(item) if isinstance(item, TasrihError) else item for item in drafts(inputs, jobs=jobs)] for jobs in (1, 2)
    )
    assert together == alone
    assert [item for item in alone if isinstance(item, str)][-1].startswith(f"{tmp_path}/b.jsonl:101: no")
    assert len(alone) == 121


def test_compressed_lines_are_drafted_and_broken_ones_named(tmp_path):
    packed = gzip.compress((json.dumps({"id": "x", "text": SOURCE.read_text("utf-8")}) + "\n").encode())
    (tmp_path / "whole.jsonl.gz").write_bytes(packed)
    (tmp_path / "broken.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    record, error = drafts([str(tmp_path / "whole.jsonl.gz"), str(tmp_path / "broken.jsonl.gz")])
    assert record.id == "2021-10-13-x"
    assert str(error).startswith(f"{tmp_path}/broken.jsonl.gz: cannot be read")


def test_explain_begins_with_what_is_least_sure():
    lines = command("draft", str(SOURCE), "--explain").stdout.decode().splitlines()
    confidences = [float(re.search(r"0\.\d\d", line)[0]) for line in lines]
    assert confidences == sorted(confidences)
    assert {line.split()[0][0] for line in lines} == {"q", "t", "e"}
    assert confidences[-1] >= 0.95


@pytest.mark.parametrize("arguments", [["nowhere.txt"], ["corpus", "--published", "soon"], ["schema"]])
def test_wrong_inputs_are_explained(arguments):
    done = command(
        "draft",
        *[
            str(ROOT / argument) if not argument.startswith("-") and argument != "soon" else argument
            for argument in arguments
        ],
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


def test_every_date_of_the_seed_is_resolved(seed_draft):
    wanted = {entity["name"]: entity["value"] for entity in RECORD["entities"] if entity["type"] == "DATE"}
    assert {entity.name: entity.value for entity in seed_draft.entities if entity.type == "DATE"} == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("في 3 كانون الثاني/ يناير المقبل", ("3 كانون الثاني/ يناير المقبل", "2025-01-03", "named")),
        ("12 تشرين الأول 2023", ("12 تشرين الأول 2023", "2023-10-12", "named")),
        ("يوم ١٧ غشت", ("١٧ غشت", "2024-08-17", "named")),
        ("خلال شهر شباط", ("شباط", "2024-02", "named")),
        ("يوم الجمعة الماضي", ("يوم الجمعة الماضي", "2024-05-03", "nominal")),
        ("وصل الوفد أمس الثلاثاء", ("أمس الثلاثاء", "2024-05-07", "nominal")),
        ("يسافر الخميس المقبل", ("الخميس المقبل", "2024-05-09", "nominal")),
        ("منذ عام 2017", ("2017", "2017", "named")),
        ("في 12 رمضان 1445 هـ", ("12 رمضان 1445 هـ", "2024-03-22", "named")),
        ("يوم 3 ذي الحجة", ("3 ذي الحجة", "2024-06-09", "named")),
        ("طوال عام 1445هـ", ("1445هـ", "2023-07-19/2024-07-06", "named")),
        ("في محرم 1440 هجرية", ("محرم 1440 هجرية", "2018-09-11/2018-10-09", "named")),
        ("في الشتاء الماضي", ("الشتاء الماضي", "2023-24", "nominal")),
    ],
)
def test_dates_are_resolved_against_the_day_of_publication(text, wanted):
    (found,) = dates(text, date(2024, 5, 8))
    assert (text[found.start : found.end], found.value, found.form) == wanted


@pytest.mark.parametrize("text", ["الربيع العربي", "مارس الرياضة كل يوم", "31 شباط 2024", "99 مايو"])
def test_what_is_no_date_is_none(text):
    assert dates(text, date(2024, 5, 8)) == []


PAGE = """<!doctype html><html lang="ar"><head><title>رئيسة البلدية: الجسر يفتح قبل العيد</title>
<meta property="og:site_name" content="نشرة وادي النحل"><meta property="article:published_time" content="2024-05-04">
<meta property="og:title" content="رئيسة البلدية: الجسر يفتح قبل العيد">
<link rel="canonical" href="https://example.org/bridge">
<link rel="alternate" hreflang="en-GB" href="/en"><link rel="alternate" hreflang="fr" href="/fr">
<link rel="alternate" hreflang="x-default" href="/"><meta name="author" content="ليلى السوسي">
<script type="application/ld+json">{"@type": "NewsArticle", "image": {"creditText": "مصور النشرة"}}</script></head>
<body><nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav><article>
<h1>رئيسة البلدية: الجسر يفتح قبل العيد</h1>
<p>قالت رئيسة بلدية وادي النحل سعاد النجار إن أعمال الجسر الجديد بلغت مراحلها الأخيرة بعد عامين من العمل المتواصل.</p>
<p>وأضافت النجار: "لن نؤجل الافتتاح يوما واحدا، فقد انتظر الأهالي هذا الجسر طويلا ولن ينتظروا بعد اليوم".</p>
<p>وتقع البلدة على ضفتي النهر، ويعبرها كل يوم مئات العمال والطلاب في طريقهم إلى المدينة المجاورة.</p>
</article><footer>جميع الحقوق محفوظة</footer></body></html>"""


def test_a_page_gives_its_article_and_its_metadata():
    record = draft("bridge.html", PAGE.encode())
    assert [(paragraph.role, paragraph.text[:20]) for paragraph in record.paragraphs] == [
        ("headline", "رئيسة البلدية: الجسر"),
        ("body", "قالت رئيسة بلدية واد"),
        ("body", 'وأضافت النجار: "لن ن'),
        ("body", "وتقع البلدة على ضفتي"),
    ]
    assert record.metadata.published == "2024-05-04"
    assert record.metadata.publisher == "نشرة وادي النحل"
    assert record.metadata.url == "https://example.org/bridge"
    assert [quote.cue.text for quote in record.quotes] == [":", "قالت", "أضافت"]
    assert record.metadata.authors == ("ليلى السوسي",)
    assert record.metadata.editions == ("en", "fr")
    assert record.metadata.image_credit == "مصور النشرة"


def test_a_page_in_another_encoding_is_read_as_it_declares():
    page = PAGE.replace("<head>", '<head><meta charset="windows-1256">').encode("cp1256")
    assert draft("bridge.html", page).paragraphs[0].text == "رئيسة البلدية: الجسر يفتح قبل العيد"


def test_a_page_without_an_article_is_an_error():
    with pytest.raises(TasrihError, match=r"empty\.html: there is no"):
        draft("empty.html", b"<html><body><nav>x</nav></body></html>")
