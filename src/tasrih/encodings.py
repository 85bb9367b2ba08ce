"""Encodings: from bytes to text, and how text looks that was read in the wrong one."""

import codecs
import re

from tasrih.errors import InvalidError, TasrihError
from tasrih.text.letters import LETTERS
from tasrih.text.words import WITH_ARTICLE

# What the second byte of an Arabic letter in UTF-8 becomes in windows-1256. The doubtful ones may stand after a letter
# in a sound text too: a comma, a closing mark, a no-break space.
_SECOND = "€پ‚ƒ„†‡ˆ‰ٹ‹Œچژڈگک™ڑ›œں¢£¤¥¦§¨©ھ¬®¯°±²³´µ¶·¸¹¼½¾\x81\x8d-\x90\x9d\x9e"
_DOUBTFUL = "…‘’“”•–—«»،؛؟\xa0\xad\u200c\u200d"
_LATIN = "\xc0-\xd6\xd8-\xf6\xf8-\xff"
# What happened, the letters of which one begins what shows it, and a pattern for the rest of that.
_GARBLED = (
    ("UTF-8 that was read as windows-1256 twice", "ط", "[·¸](?:آ|â€)"),
    (
        "UTF-8 that was read as windows-1256",
        "طظ",
        f"[{_SECOND}][طظ][{_SECOND}{_DOUBTFUL}]|[{_DOUBTFUL}][طظ][{_SECOND}]",
    ),
    ("UTF-8 that was read as windows-1252 twice", "\xc3", "[\u02dc\u2122\x98\x99](?:\xc2|\xe2\u20ac|\xc6|\xcb|\xc5)"),
    (
        "UTF-8 that was read as windows-1252",
        "\xd8\xd9",
        "[\x80-\xbf]|[\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]",
    ),
    ("UTF-8 that was read as windows-1252", "\xe2", "\u20ac"),
    ("UTF-8 that was read as ISO-8859-6", "ظع", "[\x80-\x9f]"),
    ("UTF-8 that was read as code page 437 or 850", "╪┘", r"[^\s╪┘][╪┘]"),
    ("UTF-8 that was read as Mac Roman", "ÿŸ", r"[^\sÿŸ][ÿŸ]"),
    ("UTF-8 that was read as windows-1251", "ШЩ", r"[^\sа-яА-Я][ШЩ]"),
    ("windows-1256 that was read as windows-1252", _LATIN, f"[{_LATIN}]{{3}}"),
    ("", "\ufffd", ""),
)
_FIRST = "".join(first for _, first, _ in _GARBLED)
GARBLED = re.compile(f"[{_FIRST}](?:{'|'.join(f'(?<=[{first}])(?:{rest})' for _, first, rest in _GARBLED)})")
"""What no sound text has. The class at the beginning lets the search run to the next such letter at once."""
_LOST = re.compile(r"[\ufffd?](?:(?<=\ufffd)|(?<=\?)\?{3})")
_MANY = 200
_WIDE = {
    "UTF-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
    "UTF-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
}
_ONE_BYTE = ("windows-1256", "ISO-8859-6")
_USUAL = re.compile(rf"\b(?:{WITH_ARTICLE}[{LETTERS}]{{2,}}|في|من|على|إلى|عن|مع|أن)\b")
_SAMPLE = 1 << 16
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


def decoded(raw: bytes) -> str:
    """The text of bytes in UTF-8. Raises TasrihError that says what they seem to be, and how to convert them."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        seems = seeming(raw)
        advice = _advice(seems) if seems else "Save it again in that encoding."
        raise InvalidError(f"not UTF-8 (byte {error.start}). {advice}") from error
    is_doubtful = "\x00" in text[:_SAMPLE] or "\x06" in text[:_SAMPLE]
    if is_doubtful and (seems := seeming(raw)):
        raise InvalidError(f"not UTF-8. {_advice(seems)}")
    return text


def decoded_page(raw: bytes) -> str:
    """A page in UTF-8, in the encoding that it declares, or in the one in which it reads as Arabic."""
    try:
        return decoded(raw)
    except TasrihError:
        seems = seeming(raw)
    declared = _CHARSET.search(raw[: 1 << 12])
    name = declared[1].decode("ascii", "replace") if declared else ""
    if not _is_for_arabic(name) or (seems and codecs.lookup(name).name == "utf-8"):
        name = seems or "utf-8"
    return raw.decode(name, errors="replace")


def _is_for_arabic(encoding: str) -> bool:
    """Whether an encoding is known and has Arabic letters."""
    try:
        return bool("قال".encode(codecs.lookup(encoding).name))
    except (LookupError, UnicodeEncodeError):
        return False


def _advice(seems: str) -> str:
    return f"It looks like {seems}. Convert it: iconv -f {seems.upper()} -t UTF-8 OLD > NEW"


def seeming(raw: bytes) -> str | None:
    """The encoding, other than UTF-8, in which bytes read as Arabic; None when there is none."""
    for name, marks in _WIDE.items():
        if raw.startswith(marks):
            return name
    texts = {name: raw[:_SAMPLE].decode(name, errors="replace") for name in ("UTF-16LE", "UTF-16BE", *_ONE_BYTE)}
    usual = {name: len(_USUAL.findall(text)) for name, text in texts.items()}
    best = max(usual, key=lambda name: usual[name])
    return best if usual[best] else None


def reason_garbled(text: str) -> str | None:
    """Where a text is garbled, what happened to it, and what to do; None for a sound text."""
    for match in GARBLED.finditer(text):
        if happened := next(name for name, first, rest in _GARBLED if re.match(f"[{first}](?:{rest})", match[0])):
            number, stretch = text.count("\n", 0, match.start()) + 1, text[match.start() : match.start() + 12]
            shown = "".join(letter if letter.isprintable() else "·" for letter in stretch)
            again = "Take it from its source again, and read it in the encoding that it is in."
            return f"line {number} is garbled (“{shown}”): it looks like {happened}. {again}"
    lost = sum(len(match[0]) for match in _LOST.finditer(text))
    if lost * _MANY > len(text):
        return "its letters were lost (� or ? stands for them). Take it from its source again, and save it as UTF-8."
    return None
