"""Lines that a site or an agency adds to an article: links, shares, notices, signatures, bylines."""

import re
from functools import cache

from tasrih.dates.dateline import date_line
from tasrih.drafting.gazetteer import known_names
from tasrih.text.letters import LETTERS, fold
from tasrih.text.lists import lines_of, listed, rows_of
from tasrih.text.marks import marks
from tasrih.text.sentences import ENDS
from tasrih.text.words import folded

_AROUND = " \t•●▪■◄►▶★☆*–—-_|.:،؛!؟<>«»‹›→←↓…"
_LONGEST, _LONGEST_NAME = 250, 80
_LABEL = re.compile(
    r"(?P<author>كتبت?(?:ه|ها)?|بقلم|حوار|حاور(?:ه|ها|ته|تها)|اجر(?:ي|ت) الحوار|اجر(?:اه|ته)|تقرير|اعداد"
    r"|اعدت? التقرير|اعد(?:ه|ته|ها)|تحقيق|متابعه|تغطيه|رصد|استطلاع|الكاتبه?|المولفه?|by"
    r"|مراسل(?:نا|تنا|ه)?(?: (?:في )?\w+)?)"
    r"|(?P<other>تحرير|تصوير|كاميرا|عدسه|ترجم(?:ه|ها|ته)|مونتاج|اخراج|المحرره?|نقله? الي العربيه)"
)
_SEPARATOR = re.compile(r"\s*[:：|/–—-]+\s*|\s+")
_BETWEEN = re.compile(r"[،,/&|+؛;]|\s-\s")
_NAME = re.compile(r"(?:(?:د|أ|م|ا)\s?\.\s?)?[^\W\d_]+(?:[ -][^\W\d_]+){0,4}")
_SEVERAL = re.compile(r" ?[-–—|،/] ?(?=\w{1,20} ?:)")
_PARTS = re.compile(r" ?[|/–—:،-] ?")
_INITIALS = rf"(?:[\s/]*[{LETTERS}]{{1,3}}(?:[\s./]+[{LETTERS}]{{1,3}}){{0,3}})?"


def furniture_kind(text: str) -> str | None:
    """The kind of a line that a site adds to its articles (record.SourceLine); None for any other line."""
    if len(text) > _LONGEST:
        return None
    found = _pattern().fullmatch(fold(text)[0].strip(_AROUND))
    return found.lastgroup if found else None


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern for all such lines: it is asked of each line, its groups are the kinds, in the order of the table."""
    kinds: dict[str, list[str]] = {}
    for kind, pattern in rows_of("furniture"):
        kinds.setdefault(kind, []).append(pattern)
    return re.compile("|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in kinds.items()))


def byline(text: str) -> tuple[str, ...] | None:
    """The authors that a line names which holds nothing else; None for any other line."""
    if len(text) > _LONGEST_NAME or text[-1] in f"{ENDS}:" or marks(text):
        return None
    parts = [part for part in _SEVERAL.split(text) if part]
    if len(parts) > 1:
        found = [byline(part) for part in parts]
        return tuple(name for line in found for name in line or ()) if None not in found else None
    plain, places = fold(text)
    label = _LABEL.match(plain)
    between = label and _SEPARATOR.match(plain, label.end())
    if label and between and between.end() < len(places):
        strictly = between[0].isspace() and label[0] not in ("by", "بقلم")
        return _labelled(text[places[between.end()] :], bool(label["author"]), strictly=strictly)
    return _placed(text)


def says_who_or_when(text: str) -> bool:
    """Whether a line says who wrote an article, or when it was published, and nothing else."""
    return date_line(text) is not None or byline(text) is not None or agency(text) is not None


def _labelled(rest: str, is_author: bool, *, strictly: bool) -> tuple[str, ...] | None:
    """What follows the label of a byline: after a mere space, a given name must come."""
    found = names(rest)
    if not found and _is_desk(rest):
        return ()
    if not found or (strictly and not all(map(_is_given, found))):
        return None
    return found if is_author else ()


def _placed(text: str) -> tuple[str, ...] | None:
    """A place and a name: القاهرة - سلمى الحداد."""
    parts = [part for part in _PARTS.split(text) if part]
    if not 2 <= len(parts) <= 3 or not any(_is_place(part) for part in parts):
        return None
    found = [names(part) for part in parts if not _is_place(part) and _is_given(part)]
    return found[0] if len(found) == 1 and found[0] and all(" " in name for name in found[0]) else None


def _is_place(text: str) -> bool:
    kinds = [found.known.type for found in known_names(text) if (found.start, found.end) == (0, len(text))]
    return bool(kinds) and kinds[0] in ("GPE", "LOC")


def lone_name(text: str) -> str | None:
    """A line that is a person's name of two to four words, the first a known given name."""
    found = names(text) if text[-1] not in f"{ENDS}:" else ()
    return found[0] if len(found) == 1 and 2 <= len(found[0].split()) <= 4 and _is_given(found[0]) else None


def names(text: str) -> tuple[str, ...]:
    """The people that a list of names names, in order; nothing when a part of it is no name of a person."""
    found: list[str] = []
    for part in _BETWEEN.split(text.strip(" .،-–—")):
        parts = [] if _is_place(part) else _joined(part)
        if not all(map(_is_name, parts)):
            return ()
        found += parts
    return tuple(dict.fromkeys(found))


def _joined(part: str) -> list[str]:
    """The names of a part, where و and a given name begin another."""
    found: list[str] = []
    for word in part.split():
        if found and found[-1].count(" ") and word[0] == "و" and folded(word[1:]) in listed("given"):
            found.append(word[1:])
        elif found and word == "و":
            found.append("")
        else:
            found[-1:] = [f"{found[-1]} {word}".strip()] if found else [word]
    return found


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        _NAME.fullmatch(text) is not None
        and not any(folded(word) in listed("desks") or word in _no_parts() for word in words)
        and agency(text) is None
        and not _is_place(text)
    )


@cache
def _no_parts() -> frozenset[str]:
    """Words of sentences that are no part of a name, as they are written: علي is one, على is none."""
    return frozenset(word for line in lines_of("ends.txt") for word in line.split() if len(word) > 1)


def _is_given(name: str) -> bool:
    first = name.split(maxsplit=1)[0]
    return first in ("علي", "د.", "أ.") or folded(first) in listed("given")


def _is_desk(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 5 and (folded(words[0]) in listed("desks") or agency(text) is not None or _is_place(text))


def agency(text: str) -> str | None:
    """The agency, or agencies, that a line of nothing else names: --(بترا), /وام/, (أ ف ب)."""
    match = _of_agencies()[0].fullmatch(text) if len(text) <= _LONGEST_NAME else None
    return match and (match["agency"] or match["enclosed"])


def agency_within(first: str, last: str) -> str | None:
    """The agency in brackets after the place in the first paragraph, or at the end of the last."""
    _, after_place, at_end = _of_agencies()
    match = after_place.match(first) or at_end.search(last[-_LONGEST_NAME:])
    return match["enclosed"] if match else None


@cache
def _of_agencies() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Agencies as a line of their own, in brackets after the place of a dateline, and at the end of a text."""
    longest_first = sorted(lines_of("agencies.txt"), key=len, reverse=True)
    one = "|".join(re.escape(name).replace(r"\ ", "[ .]?") for name in longest_first)
    named = rf"(?:{one})(?:(?:\s*[،,+/و-]\s*|\s+)(?:{one})){{0,3}}"
    enclosed = rf"[(/\[]\s*(?P<enclosed>{named})\s*[)/\]]"
    dashes = r"[\s\-–—_.*]*"
    return (
        re.compile(rf"{dashes}(?:(?P<agency>{named})|{enclosed}{_INITIALS}){dashes}"),
        re.compile(rf"[^().:/\[]{{2,40}}{enclosed}\s*[-–—:]"),
        re.compile(rf"{enclosed}{_INITIALS}[\s.\-–—]*$"),
    )
