"""What a stretch in marks is: rules for terms, and rules for the type of speech, each asked in its order."""

import re
from collections.abc import Callable

from tasrih.drafting.contents import is_verbal, takes_content
from tasrih.drafting.cues import describes, is_weak, word_at
from tasrih.drafting.scenes import Scene
from tasrih.text.letters import DIGITS, LATIN, is_arabic
from tasrih.text.lists import is_listed, listed
from tasrih.text.marks import mark_after
from tasrih.text.words import CONJUNCTIONS, Word, bare, words_in

_FRAGMENT = ("بال", "لان", "لل", "بين")
_SHORT = 3  # words of a name
_WHOLE = 5  # letters after a ب of what is a word by itself: not بحرية
_GLOSS = re.compile(rf"\s*\([{LATIN}]")
_YEAR = re.compile(rf"\s*\([{DIGITS}]{{4}}\)")
_JOINED = re.compile(rf"(?:\s*\([{DIGITS}]{{4}}\))?\s*(?:،\s*و?|و|أو)\s*")
_LONGEST, _FAR = 8, 30  # words of a title; characters after a stretch in which its proverb is told
_ENDED = re.compile(r"\w[.!؟](?:\.\.)?\s+[^\W\d]")
_RELATIVES = ("الذي", "التي", "الذين", "اللذان", "اللتان", "اللواتي")
_NEAR = 12  # characters after a stretch in which what is told to it begins
Rule = Callable[[Scene], tuple[str, float] | None]
"""The kind of a stretch and how sure that is; None where the rule does not tell."""


def rule_name(rule: Rule) -> str:
    """The name of a rule in a record's provenance."""
    return rule.__name__.strip("_").replace("_", "-")


def type_of(scene: Scene) -> tuple[str, tuple[str, float]]:
    """The type of speech in a stretch: the rule that tells, the type, and how sure that is."""
    return next((rule_name(rule), found) for rule in TYPE_RULES if (found := rule(scene)))


def _governor(scene: Scene) -> tuple[str, float] | None:
    """حركة "…", بعنوان "…"."""
    last = scene.last
    if last is None or not is_listed(last.folded, "governors"):
        return None
    follows = scene.adjoins or scene.has_that or (len(scene.between) == 1 and len(scene.inside) > _SHORT)
    if last.folded.startswith("ال") and scene.cue and follows:
        return None  # it is the subject of what the marks hold, or of a cue whose speech follows
    if scene.cue and len(scene.inside) > 4 and is_listed(last.folded, "documents") and scene.between[-2:-1]:
        return None  # قال في بيان "…"
    return ("title" if "عنوان" in last.folded or len(scene.inside) > 4 else "name"), 0.9


def _governor_and_adjectives(scene: Scene) -> tuple[str, float] | None:
    """وكالة الأنباء الفلسطينية "…"."""
    before = scene.before
    if scene.cue and scene.has_that and len(scene.inside) > _SHORT:
        return None
    for place in range(2, 4):
        adjectives = len(before) >= place and all(word.folded.startswith("ال") for word in before[-place + 1 :])
        governor = before[-place] if scene.last and adjectives else None
        governs = governor and is_listed(governor.folded, "governors") and not governor.folded.startswith("ال")
        if governs and len(scene.inside) < 7:
            return "name", 0.8
    return None


def _speaker_in_marks(scene: Scene) -> tuple[str, float] | None:
    """قال "فلان": "…", or اعتبرت "فلانة"، … أن "…"."""
    what = scene.place > 0 and scene.before[scene.place - 1].folded in listed("what")
    if not scene.cue or what or len(scene.inside) > 3:
        return None
    if scene.adjoins:
        return "name", 0.8
    apart = scene.following and scene.text[scene.closing : scene.closing + 5].lstrip().startswith("،")
    return ("name", 0.7) if apart and scene.cue.kind == "verb" and not scene.lead.strip() else None


def _named_so(scene: Scene) -> tuple[str, float] | None:
    """توصف بأنها "…", ما يسمى "…"."""
    near = scene.before[-3:]
    return ("scare", 0.7) if any(form in listed("naming") for word in near for form in bare(word.folded)[:2]) else None


def _institution(scene: Scene) -> tuple[str, float] | None:
    """The name of an institution by itself."""
    if scene.cue and describes(scene.text, scene.cue):
        return None
    alone = len(scene.inside) < 6 and not scene.follows_colon and is_listed(scene.first, "organisations")
    return ("name", 0.7) if alone else None


def _far_from_cue(scene: Scene) -> tuple[str, float] | None:
    """One word that a cue does not reach: قرر … الدعوة إلى يوبيل "الرحمة"."""
    governed = scene.last is not None and scene.last.folded in listed("prepositions")
    far = scene.cue and len(scene.inside) < 2 and len(scene.between) > 3
    return ("name", 0.6) if far and not scene.has_that and not governed and not scene.is_glued else None


def _told_to(scene: Scene) -> tuple[str, float] | None:
    """قال لـ"…" إن …, اتهم "…" بأنها …."""
    to = scene.text[max(0, scene.opening - 3) : scene.opening].rstrip("ـ ").endswith("ل")
    described = scene.cue is not None and describes(scene.text, scene.cue)
    if not scene.cue or len(scene.inside) > 4 or not (to or described):
        return None
    rest = words_in(scene.text, scene.pair.end, scene.pair.end + _NEAR)
    goes_on = to and scene.text[scene.closing : scene.closing + 3].lstrip().startswith(":")
    return ("name", 0.8) if goes_on or (rest and rest[0].folded in listed("that")) else None


def _work(scene: Scene) -> tuple[str, float] | None:
    """أغنية: "…", أي "…"."""
    before = scene.before[-1].folded if scene.before else ""
    return ("title" if before != "اي" else "other", 0.7) if scene.follows_colon and before in listed("works") else None


def _dated(scene: Scene) -> tuple[str, float] | None:
    """A work with its year: «…» (1998)."""
    return ("title", 0.8) if len(scene.inside) < _LONGEST and _YEAR.match(scene.text, scene.closing) else None


def _listed(scene: Scene) -> tuple[str, float] | None:
    """What goes on with the marks before it, as the same: "…" و"…"."""
    earlier = scene.earlier[-1] if scene.earlier else None
    if earlier is None or earlier.is_speech or earlier.rule == "no-cue" or len(scene.inside) > 4:
        return None
    mark = mark_after(scene.text, earlier.pair.end)
    between = scene.text[mark.end : scene.opening] if mark and earlier.pair.end < scene.opening else "-"
    return (earlier.type, 0.7) if _JOINED.fullmatch(between) else None


def _proverb(scene: Scene) -> tuple[str, float] | None:
    """يقول المثل "…", "…" كما تقول الحكمة."""
    near = words_in(scene.text, scene.closing, scene.closing + _FAR)[:3]
    after = near and near[0].folded == "كما" and any(word.folded in listed("proverbs") for word in near)
    before = scene.cue is not None and any(word.folded in listed("proverbs") for word in scene.between[:2])
    return ("other", 0.7) if before or after else None


def _latin(scene: Scene) -> tuple[str, float] | None:
    """A name in Latin letters, with a number at its end, or told in them right after: "ناتو" (NATO)."""
    said = scene.cue is not None and not scene.between and not describes(scene.text, scene.cue)
    said = said or scene.follows_colon
    if not scene.inside or len(scene.inside) > _SHORT or said:
        return None
    foreign = any(not is_arabic(word.folded) for word in (scene.inside[0], scene.inside[-1]))
    glossed = _GLOSS.match(scene.text, scene.closing)
    return ("name", 0.8) if glossed or foreign else None


def _speaking(scene: Scene) -> tuple[str, float] | None:
    """قالت "…" إن …, نقلت "…" تصريحات: who speaks or relays, right after the verb."""
    if scene.cue is None or scene.lead.strip() or len(scene.inside) > _SHORT:
        return None
    rest = words_in(scene.text, scene.closing, scene.closing + _NEAR)
    goes_on = bool(rest) and rest[0].folded in listed("that") and scene.cue.kind == "verb"
    relays = is_listed(word_at(scene.text, scene.cue), "relaying") and not scene.between
    return ("name", 0.8) if goes_on or relays else None


def _weakly_governed(scene: Scene) -> tuple[str, float] | None:
    """A word or two far from a verb that seldom reports: يعد من نجوم "البلوز"."""
    if scene.cue is None or scene.has_that or len(scene.inside) > 2 or scene.follows_colon:
        return None
    weak = is_weak(Word(scene.cue.start, scene.cue.end, word_at(scene.text, scene.cue)))
    return ("name", 0.6) if weak and scene.between and scene.cue.kind != "noun" else None


def _place(scene: Scene) -> tuple[str, float] | None:
    """Where a place lies: مدينة … "شرق البلاد"."""
    lies = scene.first in listed("directions") and len(scene.inside) <= _SHORT
    return ("other", 0.7) if lies and not scene.follows_colon else None


def _after_title(scene: Scene) -> tuple[str, float] | None:
    """الرئيس "…"."""
    titled = scene.last is not None and is_listed(scene.last.folded, "titles") and not scene.has_that
    return ("name", 0.7) if titled and len(scene.inside) < 4 and scene.lead else None


def _colon(scene: Scene) -> tuple[str, float] | None:
    """قال: "…"."""
    return ("direct", 0.95) if scene.lead.endswith(":") else None


def _pronoun(scene: Scene) -> tuple[str, float] | None:
    """أنه "إذا …" is direct, the pronoun being a dummy; أنه "كاذب" is a fragment."""
    lead = [word.folded for word in scene.between[-2:]]
    slip = len(lead) > 1 and lead[-1] in listed("beginnings") and lead[-1] == scene.first
    dummy = (lead[-2] if slip else lead[-1]) if lead else ""
    if dummy not in listed("dummy") and dummy[1:] not in listed("dummy"):
        return None
    stands = scene.first in listed("beginnings") or _is_impersonal([word.folded for word in scene.inside[:2]])
    return ("direct" if stands and len(scene.inside) > 2 else "partial"), 0.8


def _is_impersonal(first: list[str]) -> bool:
    """Whether a clause begins without a subject of its own: يجب, لا يمكن, سنفتح, ليس هناك."""
    if len(first) > 1 and first[0] in listed("denying"):
        first = first[1:]
    word = first[0] if first else ""
    return word in listed("impersonal") or word.startswith("سن") or first == ["كان", "من"]


def _sentences(scene: Scene) -> tuple[str, float] | None:
    """More than one sentence."""
    return ("direct", 0.9) if _ENDED.search(scene.text, scene.pair.start, scene.pair.end) else None


def _relative(scene: Scene) -> tuple[str, float] | None:
    """A relative clause: العمال "الذين …"."""
    return ("partial", 0.9) if scene.first in _RELATIVES and scene.between else None


def _linked(scene: Scene) -> tuple[str, float] | None:
    """A clause behind a conjunction: حيث "…", "لأنهم …"."""
    last = scene.between[-1].folded if scene.between else ""
    linked = last in listed("linking") and len(scene.inside) > 3
    return ("direct", 0.7) if linked or (scene.first in listed("linking") and len(scene.inside) > 5) else None


def _noun_phrase(scene: Scene) -> tuple[str, float] | None:
    """A verbal noun with what it governs: أكد "الموافقة على …"."""
    first = scene.first.removeprefix("ال")
    if scene.cue is None or scene.follows_colon or not takes_content(word_at(scene.text, scene.cue)):
        return None
    last = scene.last
    if last and scene.between and is_verbal(last.folded, scene.text[last.start : last.end]):
        return "partial", 0.8  # أعلنت رفضها "…"
    written = scene.text[scene.pair.start : scene.inside[0].end] if scene.inside else ""
    return ("partial", 0.8) if is_verbal(first, written) else None


def _that_clause(scene: Scene) -> tuple[str, float] | None:
    """أن "…"."""
    last = scene.between[-1].folded if scene.between else ""
    if last not in ("ان", "وان", "بان", "لان"):
        return None
    stands = len(scene.inside) > 3 or _is_sentence([word.folded for word in scene.inside])
    return ("direct" if stands else "partial"), 0.9


def _is_sentence(inside: list[str]) -> bool:
    """Whether two or three words are a subject with its predicate: السد ممتلئ."""
    if len(inside) < 2 or not inside[0].startswith("ال") or inside[0] in _RELATIVES:
        return False
    return not inside[1].startswith(("ال", "لل", "بال")) and inside[1] not in listed("prepositions")


def _subject_outside(scene: Scene) -> tuple[str, float] | None:
    """أن الضربة "لم تتجاوز …"."""
    return ("partial", 0.9) if scene.has_that else None


def _that_inside(scene: Scene) -> tuple[str, float] | None:
    """شدد على "أن …"."""
    return ("direct", 0.7) if scene.first in ("ان", "انه", "انها", "انهم") and len(scene.inside) > 3 else None


def _described(scene: Scene) -> tuple[str, float] | None:
    """وصفها "…", طالب "ب…"."""
    rest = scene.first[1:]
    nominal = is_verbal(rest, rest) or (
        len(rest) >= _WHOLE and (rest in listed("ordinary") or rest in listed("common"))
    )
    governed = scene.first.startswith("ب") and (nominal or rest in ("نفس", "اي", "كل"))
    fragment = (governed or scene.first.startswith(_FRAGMENT)) and scene.first not in listed("beginnings")
    return ("partial", 0.85) if fragment or (scene.cue and describes(scene.text, scene.cue)) else None


def _mark_after_cue(scene: Scene) -> tuple[str, float] | None:
    """أضاف "…"."""
    said = scene.cue is not None and word_at(scene.text, scene.cue).lstrip(CONJUNCTIONS) in listed("saying")
    return ("direct", 0.9) if not scene.between and (said or len(scene.inside) > 2) else None


def _quality(scene: Scene) -> tuple[str, float] | None:
    """القوة "المفرطة": an adjective by itself, with the article and gender of the noun before it."""
    last = scene.last.folded if scene.last else ""
    if scene.cue is None or len(scene.inside) != 1 or not (last.startswith("ال") and scene.first.startswith("ال")):
        return None
    agrees = last.endswith("ه") and scene.first.endswith("ه")
    return ("partial", 0.8) if agrees and is_listed(scene.first, "ordinary") else None


def _governed(scene: Scene) -> tuple[str, float] | None:
    """إلى "…", بـ"…", and what is too short to stand alone."""
    needed = scene.last is not None and scene.last.folded in listed("needing")
    preposition = bool(scene.between) and scene.between[-1].folded in listed("prepositions")
    return ("partial", 0.8) if needed or scene.is_glued or preposition or len(scene.inside) < 3 else None


def _after_subject(scene: Scene) -> tuple[str, float] | None:
    """قال فلان "…"."""
    said = scene.cue is not None and word_at(scene.text, scene.cue).lstrip(CONJUNCTIONS) in listed("saying")
    return ("direct" if len(scene.inside) > (2 if said else 4) else "partial"), 0.8


TERM_RULES: list[Rule] = [
    _place,
    _proverb,
    _dated,
    _listed,
    _governor,
    _told_to,
    _speaker_in_marks,
    _speaking,
    _governor_and_adjectives,
    _named_so,
    _work,
    _latin,
    _weakly_governed,
    _institution,
    _far_from_cue,
    _after_title,
]
TYPE_RULES: list[Rule] = [
    _colon,
    _sentences,
    _relative,
    _pronoun,
    _that_clause,
    _linked,
    _subject_outside,
    _that_inside,
    _described,
    _noun_phrase,
    _mark_after_cue,
    _quality,
    _governed,
    _after_subject,
]
