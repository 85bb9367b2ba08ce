"""Names the files in which eight words on end of a withheld text stand: none may.

    python scripts/find_news.py [TEXT ...] [--in FOLDER] [--history | --wheel FILE]

Looked for are the texts of the stand-off records in corpus/articles, as far as they lie in corpus/sources or in the
folder that the environment variable TASRIH_TEXTS names (as `sources/...` in it), and the texts and folders of texts
that are given. Looked at is every file of the repository, or all that was ever committed, or what is in a wheel.
"""

import argparse
import gzip
import io
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from tasrih.standoff.models import is_standoff
from tasrih.text.controls import DIRECTION, INVISIBLE, JOINERS
from tasrih.text.letters import LETTERS, SHAPES, SIGNS, TATWEEL

ROOT = Path(__file__).parents[1]
RUN = 8
"""So many words on end are too many: a court found that eleven may be protected (docs/standoff.md)."""
Source = tuple[str, bytes]
_SIGNS_OF_RECITATION = "\u0610-\u061a\u06d6-\u06ed"
_PASSED_OVER = re.compile(f"[{SIGNS}{_SIGNS_OF_RECITATION}{TATWEEL}{DIRECTION}{JOINERS}{INVISIBLE}]+")
_SHAPES = re.compile(f"[{SHAPES}]+")
_WORD = re.compile(f"[{LETTERS}]+")
_TAG = re.compile("<[^<>]*>")
# A letter in JSON (in JSON), in XML by its number in hexadecimal, and by that in decimal digits.
_ESCAPED = re.compile(r"\\+u(0[6f][0-9a-fA-F]{2}|f[bdeBDE][0-9a-fA-F]{2})|&#[xX]0*(6[0-9a-fA-F]{2});|&#0*(1[5-7]\d\d);")
_GIT = ("git", "-C")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def runs(text: str) -> set[int]:
    """The hashes of all runs of eight words of Arabic letters, whatever stands between the words.

    Vowel signs, tatweel and what nobody sees are passed over; letters are read that are escaped, or in their shapes.
    Words are read as they stand, and as they are without tags.
    """
    read = _ESCAPED.sub(_letter, text)
    read = _SHAPES.sub(lambda shapes: unicodedata.normalize("NFKC", shapes[0]), read)
    read = _PASSED_OVER.sub("", unicodedata.normalize("NFC", read))
    return _runs(read) | (_runs(_TAG.sub("", read)) if "<" in read else set())


def _runs(text: str) -> set[int]:
    words = _WORD.findall(text)
    return set(map(hash, zip(*(words[first:] for first in range(RUN)), strict=False)))


def _letter(escaped: re.Match[str]) -> str:
    in_json, in_hexadecimal, in_digits = escaped.groups()
    return chr(int(in_digits) if in_digits else int(in_json or in_hexadecimal, 16))


def decoded(data: bytes) -> str:
    """The text of bytes in UTF-8 or UTF-16, or else as in windows-1256, in which all bytes have a meaning."""
    if data.startswith(_WIDE):
        return data.decode("utf-16", "ignore")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1256")


def unpacked(name: str, data: bytes) -> Iterator[Source]:
    """What bytes hold: the members of an archive, what is compressed, or themselves."""
    try:
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.namelist():
                    yield from unpacked(f"{name}: {member}", archive.read(member))
        elif data.startswith(b"\x1f\x8b"):
            yield from unpacked(name, gzip.decompress(data))
        else:
            yield name, data
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error):
        yield name, data  # it is broken or locked


def found(texts: Iterable[bytes], sources: Iterable[Source]) -> list[str]:
    """A line for each source in which runs of the texts stand."""
    wanted = set[int]().union(*(runs(decoded(text)) for text in texts))
    parts = (part for source in sources for part in unpacked(*source))
    counted = ((name, len(wanted & runs(decoded(data)))) for name, data in parts)
    return [f"{name}: {count} runs of {RUN} words of a withheld text" for name, count in counted if count]


def withheld_texts(corpus: Path) -> Iterator[Path]:
    """Where the texts of the stand-off records of a corpus lie, as far as they are here."""
    folders = [corpus, *(Path(folder) for folder in [os.environ.get("TASRIH_TEXTS")] if folder)]
    for path in sorted(corpus.glob("articles/**/*.json")):
        record = orjson.loads(path.read_bytes())
        if is_standoff(record) and (source := record["metadata"].get("source")):
            yield from (place for folder in folders if (place := folder / source["path"]).is_file())


def files(root: Path) -> Iterator[Source]:
    """The files of a checkout: those that git has, or without git all that are not hidden."""
    has_git = (root / ".git").exists()
    names = os.fsdecode(_git(root, "ls-files", "-z")).split("\0")[:-1] if has_git else _walked(root)
    yield from ((name, (root / name).read_bytes()) for name in names if (root / name).is_file())


def _walked(root: Path) -> list[str]:
    names = (path.relative_to(root) for path in sorted(root.rglob("*")))
    return [str(name) for name in names if not any(part.startswith(".") for part in name.parts)]


def history(root: Path) -> Iterator[Source]:
    """All that was ever committed: each version of a file under one of its names, and what was said of commits."""
    lines = _git(root, "rev-list", "--objects", "--all").splitlines()
    names = {digest: name for digest, _, name in (line.partition(b" ") for line in lines)}
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as answered:
        asked.writelines(digest + b"\n" for digest in names)
        asked.seek(0)
        subprocess.run([*_GIT, root, "cat-file", "--batch"], stdin=asked, stdout=answered, check=True)
        answered.seek(0)
        while header := answered.readline():
            digest, kind, size = header.split()
            data = answered.read(int(size) + 1)[:-1]
            if kind != b"tree":
                yield f"{kind.decode()} {digest.decode()} {os.fsdecode(names[digest])}".strip(), data


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run([*_GIT, root, *arguments], capture_output=True, check=True).stdout


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT")
    parser.add_argument("--in", type=Path, default=ROOT, metavar="FOLDER", dest="root", help="another repository")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--history", action="store_true", help="look at all that was ever committed")
    where.add_argument("--wheel", type=Path, metavar="FILE", help="look at what is in a wheel, or another file")
    given = parser.parse_args()
    inside = [path for text in given.texts for path in (text.rglob("*.txt") if text.is_dir() else [text])]
    texts = [*withheld_texts(given.root / "corpus"), *inside]
    if not texts:
        parser.error("no text to look for is here: name some, or set TASRIH_TEXTS to the folder with `sources/` in it")
    wheel = [(given.wheel.name, given.wheel.read_bytes())] if given.wheel else None
    told = found((path.read_bytes() for path in texts), wheel or (history if given.history else files)(given.root))
    print("\n".join(told) if told else f"none of {len(texts)} texts was found")
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
