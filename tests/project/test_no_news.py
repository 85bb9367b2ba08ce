"""No run of eight words of a withheld text stands in the repository, its history or the package.

The texts are looked for where they lie: in corpus/sources, or in the folder that TASRIH_TEXTS names.
"""

import gzip
import html
import json
import subprocess
import sys
import unicodedata
import zipfile

import own
import pytest
from conftest import ROOT, commit
from find_news import files, found, history, withheld_texts

from tasrih.standoff.models import withheld

SENTENCE = "أبلغت هيئة القوارب الشراعية سكان الجزيرة أن المرسى القديم سيفتح أبوابه فجر الخميس"
TEXT = f"{own.HEADLINE}\n\n{SENTENCE}.\n".encode()
WORDS = SENTENCE.split()
PLANTED = {
    "as it stands": SENTENCE,
    "eight words of it": f"شيء آخر {' '.join(WORDS[2:10])} شيء آخر",
    "other spacing": "\u00a0 ".join(WORDS),
    "a word a line": "\r\n".join(WORDS),
    "tokens": json.dumps([{"text": word, "kind": "word"} for word in WORDS], ensure_ascii=False),
    "JSON": json.dumps({"text": SENTENCE.replace(" ", "\n")}),
    "JSON in JSON": json.dumps(json.dumps({"text": SENTENCE})),
    "XML references": SENTENCE.encode("ascii", "xmlcharrefreplace").decode(),
    "XML references in hexadecimal": "".join(
        letter if letter == " " else f"&#x{ord(letter):X};" for letter in SENTENCE
    ),
    "tags": f"<p>{html.escape(SENTENCE).replace('المرسى', 'ا<hi>لمرسى</hi>').replace(' ', '<br/> ')}</p>",
    "vowel signs and tatweel": SENTENCE.replace("ا", "اَـ"),
    "decomposed": unicodedata.normalize("NFD", SENTENCE),
    "marks of direction": "\u202b" + SENTENCE.replace("ق", "ق\u200f") + "\u202c",
    "shapes of letters": SENTENCE.replace("لا", "\ufefb").replace("س", "\ufeb3").replace("\u0647", "\ufeeb"),
    "punctuation": "، ".join(WORDS),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_text_is_found_however_it_was_written_down(planted):
    data = planted.encode()
    for name, kept in {
        "page.txt": data,
        "wide.txt": planted.encode("utf-16"),
        "page.txt.gz": gzip.compress(data),
    }.items():
        (told,) = found([TEXT], [("clean.txt", own.BODY.encode()), (name, kept)])
        assert told.startswith(f"{name}: ")


def test_it_is_found_in_an_encoding_of_one_byte_a_letter():
    assert found([TEXT], [("page.txt", SENTENCE.encode("windows-1256"))])


def test_what_is_not_there_is_not_found():
    seven, turned = " ".join(WORDS[:7]), " ".join(reversed(WORDS))
    apart = f"{' '.join(WORDS[:6])} غدا {' '.join(WORDS[6:])}"
    assert len(WORDS) == 13
    assert (
        found([TEXT], [("a", seven.encode()), ("b", turned.encode()), ("c", apart.encode()), ("d", b"\xff\x00")]) == []
    )
    assert found([], [("a", SENTENCE.encode())]) == []


def test_it_is_told_in_which_file_of_a_wheel_it_stands(tmp_path):
    with zipfile.ZipFile(tmp_path / "made.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr("tasrih/data/clean.json", own.BODY)
        wheel.writestr("tasrih/data/record.json", json.dumps({"text": SENTENCE}))
    told = found([TEXT], [("made.whl", (tmp_path / "made.whl").read_bytes())])
    assert told == ["made.whl: tasrih/data/record.json: 6 runs of 8 words of a withheld text"]


def test_a_broken_archive_is_looked_at_as_it_is():
    assert found([TEXT], [("broken.zip", b"PK\x03\x04" + SENTENCE.encode())])


def add_withheld(corpus, name):
    """A stand-off record in its place, and the text that it was made of."""
    record = own.record(name)
    own.add(corpus, record)
    path = corpus / f"articles/harbour/{name}.json"
    path.write_text(json.dumps(withheld(record), ensure_ascii=False), encoding="utf-8")


def test_texts_are_those_of_stand_off_records_here_or_elsewhere(tmp_path, monkeypatch):
    corpus, elsewhere = tmp_path / "corpus", tmp_path / "texts"
    own.add(corpus, own.record("2024-01-02-full"))
    for name in ("2024-01-02-here", "2024-01-02-elsewhere", "2024-01-02-nowhere"):
        add_withheld(corpus, name)
    (corpus / "sources/2024-01-02-nowhere.txt").unlink()
    (elsewhere / "sources").mkdir(parents=True)
    (corpus / "sources/2024-01-02-elsewhere.txt").rename(elsewhere / "sources/2024-01-02-elsewhere.txt")
    monkeypatch.delenv("TASRIH_TEXTS", raising=False)
    assert [path.name for path in withheld_texts(corpus)] == ["2024-01-02-here.txt"]
    monkeypatch.setenv("TASRIH_TEXTS", str(elsewhere))
    assert {path.name for path in withheld_texts(corpus)} == {"2024-01-02-here.txt", "2024-01-02-elsewhere.txt"}


def test_what_was_committed_once_is_found_in_the_history_alone(tmp_path):
    (tmp_path / "صفحة.md").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "other.md").write_text("nothing", encoding="utf-8")
    commit(tmp_path)
    assert [line.partition(":")[0] for line in found([TEXT], files(tmp_path))] == ["صفحة.md"]
    (tmp_path / "صفحة.md").unlink()
    git = ["git", "-C", tmp_path, "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run([*git, "commit", "-q", "-a", "-m", "Taken out"], check=True)
    assert found([TEXT], files(tmp_path)) == []
    (told,) = found([TEXT], history(tmp_path))
    assert told.startswith("blob ")
    assert "صفحة.md: " in told
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", SENTENCE], check=True)
    assert {line.split()[0] for line in found([TEXT], history(tmp_path))} == {"blob", "commit"}


def test_only_what_git_has_is_looked_at_and_without_git_all_that_is_not_hidden(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache/page.md").write_text(SENTENCE, encoding="utf-8")
    assert [name for name, _ in files(tmp_path)] == ["docs/page.md"]
    (tmp_path / ".gitignore").write_text("docs/\n", encoding="utf-8")
    commit(tmp_path)
    assert sorted(name for name, _ in files(tmp_path)) == [".cache/page.md", ".gitignore"]


def test_the_script_tells_by_its_exit_status(tmp_path):
    add_withheld(tmp_path / "corpus", "2024-01-02-lights")
    (tmp_path / ".gitignore").write_text("sources/\n", encoding="utf-8")
    text, wheel = tmp_path / "sources/one.txt", tmp_path / "sources/made.whl"
    text.parent.mkdir()
    text.write_bytes(TEXT)
    wheel.write_bytes(SENTENCE.encode())
    commit(tmp_path)
    command = [sys.executable, ROOT / "scripts/find_news.py", text.parent, "--in", tmp_path]
    done = subprocess.run([*command, "--wheel", wheel], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "made.whl: 6 runs of 8 words of a withheld text\n")
    done = subprocess.run([*command, "--history"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "none of 2 texts was found\n")


@pytest.mark.parametrize("place", [files, history])
def test_no_withheld_text_stands_in_the_repository(place):
    texts = [path.read_bytes() for path in withheld_texts(ROOT / "corpus")]
    if not texts:
        pytest.skip("no text of a stand-off record lies in corpus/sources or in TASRIH_TEXTS")
    assert found(texts, place(ROOT)) == []
