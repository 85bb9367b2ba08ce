"""Who says a stretch of speech: whom the speaker's phrase stands for, or a name elsewhere in the sentence."""

from tasrih.drafting.cues import describes, leading
from tasrih.drafting.people import People, Spoken
from tasrih.drafting.scenes import Attribution
from tasrih.text.lists import cue_kind, listed
from tasrih.text.marks import mark_after
from tasrih.text.words import Word, folded

_AHEAD = 4  # words right before speech among which a name behind a long description is looked for


def speaker(text: str, attribution: Attribution, people: People, gender: str = "") -> Spoken | None:
    """Whom the words of a speaker's phrase stand for; the phrase ends with a name in marks where one follows."""
    if attribution.named is None:
        return people.speaker(text, attribution.subject, gender)
    start, end, _ = attribution.named
    first = attribution.subject[0]
    entity = people.institution(text[start:end], [first])
    mark = mark_after(text, end)
    return Spoken(entity, "named", Word(first.start, mark.end if mark else end, ""), Word(start, end, ""))


def mentioned_speaker(number: int, text: str, attribution: Attribution, people: People) -> Spoken | None:
    """Who speaks where the text says so; enters whom it mentions on the way, in the paragraph of that number."""

    def met(found: Spoken | None) -> Spoken | None:
        if found:
            found.entity.meet(number, found.mention.start, found.mention.end, found.form)
        return found

    gender, cue = gender_of(text, attribution), attribution.cue
    spoken = met(speaker(text, attribution, people, gender))
    if not spoken and (before := _leading(text, attribution)):
        spoken = met(people.speaker(text, before, gender))
    if spoken and spoken.form == "nominal" and (found := met(_ahead(attribution, people))):
        spoken = found if found.phrase.end == _between(attribution)[-1].end else spoken
    described = spoken and spoken.entity.type != "PERS" and cue and describes(text, cue)
    if cue and (described or (not spoken and _needs_subject(attribution))):
        known = met(people.known(attribution.context, gender))
        spoken = known if known and (not spoken or known.phrase.end <= cue.start) else spoken
    return spoken


def _ahead(attribution: Attribution, people: People) -> Spoken | None:
    """A name before the speech, after a longer description: تقول الباحثة في المعهد أمينة الراشد: …."""
    between = _between(attribution)
    return people.known(between[-_AHEAD:], "") if len(between) >= _AHEAD else None


def _between(attribution: Attribution) -> tuple[Word, ...]:
    """The words between the cue and the speech, up to أن."""
    cue, start = attribution.cue, attribution.pair.start
    between = tuple(word for word in attribution.context if cue and cue.end <= word.start < start)
    that = next((place for place, word in enumerate(between) if word.folded in listed("that")), len(between))
    return between[:that]


def _leading(text: str, attribution: Attribution) -> tuple[Word, ...]:
    """The words before a verb, where its subject does not follow it."""
    cue = attribution.cue
    if cue is None or cue.kind != "verb":
        return ()
    return tuple(leading(text, [word for word in attribution.context if word.end <= cue.start], cue))


def _needs_subject(attribution: Attribution) -> bool:
    """Whether the speaker may stand anywhere before the cue in its sentence: all but a verb that begins one."""
    cue = attribution.cue
    first = attribution.context[0] if attribution.context else None
    return cue is not None and (cue.kind != "verb" or (first is not None and first.end < cue.start))


def gender_of(text: str, attribution: Attribution) -> str:
    """The gender that the cue shows: f or m, empty where it shows none."""
    cue = attribution.cue
    if cue is None or cue.kind not in ("verb", "participle"):
        return ""
    word = folded(text[cue.start : cue.end])
    if cue.kind == "participle":
        return "f" if word.endswith("ه") else "m"
    imperfect = word.startswith("ت") and cue_kind("ي" + word[1:]) is not None
    return "f" if imperfect or word.endswith("ت") else "m"
