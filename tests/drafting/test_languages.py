"""What is no Arabic text is refused with the reason: other languages, garbled texts, other encodings."""

import subprocess
import sys

import pytest
from conftest import WITH_WORDS

from tasrih import TasrihError, draft
from tasrih.encodings import GARBLED, reason_garbled

TEXT = (
    "افتتاح الجسر الجديد في وادي النحل\n\n"
    "قالت رئيسة البلدية سعاد النجار إن الجسر، وهو الثاني على النهر، «يفتح غدا» بعد عامين من العمل.\n"
    "ويصل الجسر بين المحيط والوسط؛ وفي الشاطئ طريق ثالث.\n"
)


def refusal(text, name="a.txt"):
    with pytest.raises(TasrihError) as caught:
        draft(name, text if isinstance(text, bytes) else text.encode())
    return str(caught.value)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("Persian", "وزیر راه در دیدار با مردم گفت که این پل برای شهر مهم است و باید فردا باز شود"),
        ("Persian", "باران شدید در شمال؛ مدارس فردا تعطیل می‌شود"),
        ("Persian", "وزير راه در ديدار با مردم گفت كه اين پل براى شهر مهم است"),
        ("Urdu", "وزیر نے کہا ہے کہ نیا پل کل کھول دیا جائے گا اور عوام کو سہولت ملے گی"),
        ("Pashto", "وزیر وویل چې په ښار کې به نوی پل جوړ شي او خلک به ترې ګټه واخلي"),
        ("Kurdish", "وەزیر لەگەڵ خەڵکی شار کۆبووەوە و وتی کە پردی نوێ بۆ هەموو کەسێکە"),
        ("Uyghur", "شەھەردە بۇ يىل يېڭى كۆۋرۈك ياسالدى ۋە كىشىلەر ئۈچۈن ئېچىلدى"),
        ("Sindhi", "وزير چيو آهي ته شهر ۾ نئين پل جلد ٺاهي ويندي ۽ ماڻهن کي سهولت ملندي"),
        ("Punjabi", "وزیر نے آکھیا اے کہ شہر دے لوکاں نوں نواں پل ملے گا تے سڑک وی بنے گی"),
        ("Malay", "منتري مڠومومكن بهاوا جمبتن بارو اكن دبوك دان سموا اورڠ بوليه مڠݢوناكنڽ"),
    ],
)
def test_another_language_of_arabic_letters_is_named_with_its_signs(language, text):
    assert f"in {language} (" in refusal(text)
    assert f"in {language} (" in refusal(f"{text}\n\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        'قال الوزير: "نعم".',
        "عاجل",
        "هدف رائع للنجار",
        "وفاة گورباني في چالوس",
        "گورباني وپاشازاده وژاله",
        "چان يگعد هنا وي اهله ويگول باچر نروح",
        "قالت رئیسة البلدیة إن الطریق مفتوحة الیوم بعد ان اغلقت فی المساء",
        "قَالَ الْوَزِيرُ نَعَمْ",
        "وقال الزائر بالفارسية «این پل برای شهر مهم است» ثم غادر القاعة إلى المطار مع الوفد المرافق",
    ],
)
def test_arabic_is_drafted_however_short_and_with_foreign_names(text):
    assert draft("a.txt", text.encode()).paragraphs


@pytest.mark.parametrize("text", ["Plain text with القاهرة in it, and much more", "שלום עולם", "123", "Привет, мир"])
def test_what_holds_no_arabic_is_refused(text):
    assert "no Arabic text" in refusal(text)


def misread(data, encoding):
    """Bytes read in an encoding, those that it has not as the characters of their numbers."""
    return "".join(
        chr(byte) if "\ufffd" in (letter := bytes([byte]).decode(encoding, "replace")) else letter for byte in data
    )


GARBLED_TEXTS = [
    ("UTF-8", "windows-1256", 1),
    ("UTF-8", "windows-1256", 2),
    ("UTF-8", "windows-1252", 1),
    ("UTF-8", "windows-1252", 2),
    ("UTF-8", "latin-1", 1),
    ("UTF-8", "ISO-8859-6", 1),
    ("UTF-8", "cp437", 1),
    ("UTF-8", "cp850", 1),
    ("UTF-8", "mac-roman", 1),
    ("UTF-8", "windows-1251", 1),
    ("windows-1256", "windows-1252", 1),
    ("windows-1256", "latin-1", 1),
]


@pytest.mark.parametrize(("right", "wrong", "times"), GARBLED_TEXTS)
def test_garbled_text_is_found_in_every_line_and_refused_with_what_happened(right, wrong, times):
    garbled = TEXT
    for _ in range(times):
        garbled = misread(garbled.encode(right), wrong)
    assert all(GARBLED.search(line) for line in garbled.split("\n") if line)
    told = refusal(garbled)
    known = {"latin-1": "windows-1252", "cp437": "code page 437", "cp850": "437 or 850", "mac-roman": "Mac Roman"}
    assert f"{right} that was read as" in told
    assert known.get(wrong, wrong) in told
    assert ("twice" in told) == (times == 2)
    assert "from its source again" in told


@pytest.mark.parametrize("lost", ["�", "?"])
def test_text_whose_letters_were_lost_is_refused(lost):
    assert "letters were lost" in refusal("".join(lost if letter > "~" else letter for letter in TEXT))


def test_sound_texts_are_not_garbled():
    texts = [TEXT, "من 5° إلى 10° وط، وظ؛ (المحيط…) «الوسط»", "Ørsted وÇa va, «été créé» ½ ؟؟؟؟", "هل؟؟؟ نعم!!!"]
    texts += [path.read_text(encoding="utf-8") for path in WITH_WORDS]
    assert [text for text in texts if reason_garbled(text)] == []


@pytest.mark.parametrize(
    "encoding", ["windows-1256", "ISO-8859-6", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-16LE-short"]
)
def test_another_encoding_is_named_with_the_command_that_converts_it(tmp_path, encoding):
    text = 'قال الوزير: "نعم".' if encoding.endswith("short") else TEXT.replace("«", '"').replace("»", '"')
    encoding = encoding.removesuffix("-short")
    told = refusal(text.encode(encoding))
    assert f"It looks like {encoding}" in told
    (tmp_path / "OLD").write_bytes(text.encode(encoding))
    command = told.partition("Convert it: ")[2]
    subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, check=True)
    assert (tmp_path / "NEW").read_text(encoding="utf-8").lstrip("\ufeff") == text


def test_the_command_drafts_one_sentence():
    code = "from tasrih.cli import main; main(prog_name='tasrih')"
    done = subprocess.run(
        [sys.executable, "-c", code, "draft", "-"],
        input='قال الوزير: "نعم".'.encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
