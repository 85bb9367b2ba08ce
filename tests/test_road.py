"""The whole road with files as people have them: odd names, encodings, litter; from raw text to `load_dataset`."""

import gzip
import hashlib
import json
import os

import pytest
from conftest import tasrih as run
from datasets import load_dataset

from tasrih import load as tasrih_load

TEXT = """الوزيرة تعلن خطة المياه

قالت الوزيرة هدى السالمي: "سنفتح المصنع في الصيف المقبل، الخطة رقم {}".

وأضاف المدير نادر الكرمي أن العمال عادوا إلى أعمالهم في مدينة المرفأ.
"""
PAGE = """<html lang="ar"><head><meta charset="{}"><title>الوزيرة تعلن خطة المياه - صحيفة المرفأ</title></head>
<body><article><h1>الوزيرة تعلن خطة المياه</h1><p>قالت الوزيرة هدى السالمي: "سنفتح المصنع في الصيف المقبل".</p>
<p>وأضاف المدير نادر الكرمي أن العمال عادوا إلى أعمالهم في مدينة المرفأ بعد توقف طويل، وأن الخطة رقم {} بدأت.</p>
</article></body></html>"""
GOOD = [
    "مقال.txt",
    "خبر.txt",
    "with space.txt",
    "A B (1).txt",
    ".hidden.txt",
    "-dash.txt",
    "a.b.c.txt",
    "UPPER.TXT",
    "upper.txt",
    "con.txt",
    "quote'\".txt",
    "a&b<c>.txt",
    "semi;colon.txt",
    "$(id).txt",
    "::error file=x::owned.txt",
    "new\nline.txt",
    "esc\x1b[31m.txt",
    "rtl\u202egpj.txt",
    "zero\u200bwidth.txt",
    "émile.txt",
    "e\u0301mile.txt",
    "日本.txt",
    "😀.txt",
    "٢٠٢١-٠٥-٠٣.txt",
    "2021-05-03.txt",
    "...txt",
    f"{'طويل' * 30}.txt",
    "مقال/مقال.txt",
    "مقال/خبر.txt",
    "tab\t.txt",
    "percent%20.txt",
    "back\\slash.txt",
    "index.php?id=3.html",
    "صفحة.html",
    "page.HTM",
]
PERSIAN = "رئیس شورای شهر گفت که این برنامه در سال آینده اجرا می‌شود و مردم را از آن آگاه می‌کنند. " * 4
LITTER = [
    "._مقال.txt",
    ".DS_Store",
    "__MACOSX/._x.txt",
    ".ipynb_checkpoints/x.txt",
    "~$x.txt",
    "Thumbs.db",
    ".git/x.txt",
]
BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "cp1256.txt": TEXT.encode("cp1256"),
    "utf16.txt": TEXT.encode("utf-16"),
    "mojibake.txt": TEXT.encode().decode("cp1256", errors="replace").encode(),
    "picture.txt": bytes(range(256)) * 4,
    "english.txt": b"The minister said the plan is ready.\n",
    "persian.txt": PERSIAN.encode(),
}


def tasrih(*arguments):
    done = run(*arguments)
    for stream in (done.stdout.decode(), done.stderr.decode()):
        assert "Traceback" not in stream
        assert not {"\x1b", "\u202e", "\u200b", "\t\x07"} & set(stream.replace("\u2067", "").replace("\u2069", ""))
        assert not [line for line in stream.splitlines() if line.startswith("::")]
    return done


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """A folder as people have them, on any file system that takes such names."""
    folder = tmp_path_factory.mktemp("inbox")
    for number, name in enumerate(GOOD):
        text = PAGE.format("utf-8", number) if name.lower().endswith((".html", ".htm")) else TEXT.format(number)
        write(folder / name, text.encode())
    write(folder / "bom.txt", b"\xef\xbb\xbf" + TEXT.format(101).replace("\n", "\r\n").encode())
    write(folder / "declared.html", PAGE.format("windows-1256", 102).encode("cp1256"))
    for name in LITTER:
        write(folder / name, TEXT.format(0).encode())
    for name, data in BAD.items():
        write(folder / name, data)
    with open(os.fsencode(folder) + b"/\xe3\xde\xc7\xe1.txt", "wb") as file:  # noqa: PTH123 # a name in windows-1256
        file.write(TEXT.format(103).encode())
    return folder


def write(file, data):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


@pytest.fixture(scope="module")
def corpus(inbox, tmp_path_factory):
    """A corpus folder of the drafts, with their sources beside."""
    folder = tmp_path_factory.mktemp("own") / "corpus"
    done = tasrih("draft", inbox, "--out", folder / "articles/drafts", "--published", "2024-05-04")
    assert done.returncode == 1
    told = done.stderr.decode()
    assert [name for name in BAD if name not in told] == []
    return folder


def test_every_article_is_drafted_and_none_hides_another(corpus):
    records = [json.loads(file.read_bytes()) for file in sorted(corpus.rglob("*.json"))]
    assert len(records) == len(GOOD) + 3
    assert len({record["id"].lower() for record in records}) == len(records)
    assert len({record["metadata"]["source"]["path"].lower() for record in records}) == len(records)
    assert all(record["quotes"] for record in records)


def test_the_drafts_go_the_whole_road(inbox, corpus, tmp_path, monkeypatch):
    texts = {hashlib.sha256(data).hexdigest(): data for data in map(read, files(inbox))}
    for file in sorted(corpus.rglob("*.json")):
        source = json.loads(file.read_bytes())["metadata"]["source"]
        write(corpus / source["path"], texts[source["sha256"]])
    assert b" 0 errors" in tasrih("validate", corpus).stdout.splitlines()[-1]
    assert tasrih("format", corpus).returncode == 0
    assert tasrih("format", "--check", corpus).returncode == 0
    assert tasrih("stats", corpus).returncode == 0
    out = tmp_path / "مجموعة بيانات"
    built = tasrih("build", "--out", out, "--corpus", corpus)
    assert built.returncode == 0, built.stderr.decode()
    assert tasrih("verify", out).returncode == 0
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    count = len(list(corpus.rglob("*.json")))
    assert sum(map(len, load_dataset(str(out), "articles").values())) == count
    assert len(tasrih_load(out)) == count
    packed = tmp_path / "سجلات (1).jsonl.gz"
    packed.write_bytes(gzip.compress(b"\n".join(map(compact, sorted(corpus.rglob("*.json"))))))
    again = tasrih("build", "--out", tmp_path / "again", "--records", packed, "--corpus", corpus)
    assert again.returncode == 0, again.stderr.decode()


def files(folder):
    return [os.fsencode(inner) + b"/" + os.fsencode(name) for inner, _, names in os.walk(folder) for name in names]


def read(path):
    with open(path, "rb") as file:  # noqa: PTH123 # a path in bytes
        return file.read()


def compact(file):
    return json.dumps(json.loads(file.read_bytes())).encode()
