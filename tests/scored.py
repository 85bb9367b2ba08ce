"""Small articles with two quotes each, and two systems: one that misses two quotes, and one that misses fourteen."""

from tasrih.interchange.tei import from_tei

BODY = (
    '<p><cue>قال</cue> <speaker><persName ref="sami">سامي</persName></speaker>: '
    '"<said who="sami">وصل الماء أمس</said>". '
    '<cue>أضافت</cue> <speaker><persName ref="layla">ليلى</persName></speaker>: '
    '"<said{kind} who="layla">لا</said>".</p>'
)


def article(name, kind="", metadata=None):
    head = '<header><entity xml:id="sami" type="PERS"/><entity xml:id="layla" type="PERS"/></header>'
    made = from_tei(f'<TEI id="{name}">{head}{BODY.format(kind=kind)}</TEI>'.encode())
    return made.model_copy(update={"metadata": made.metadata.model_copy(update=metadata or {})})


def without(one, *numbers):
    """An article without some of its quotes."""
    kept = tuple(quote for number, quote in enumerate(one.quotes) if number not in numbers)
    return one.model_copy(update={"quotes": kept})


def with_speaker(one, entity):
    """An article whose first quote has another speaker."""
    first, *others = one.quotes
    speaker = first.speaker.model_copy(update={"entity": entity})
    return one.model_copy(update={"quotes": (first.model_copy(update={"speaker": speaker}), *others)})


GOLD = [article(f"a{number}") for number in range(12)]
GOOD = [without(one, 1) if number < 2 else one for number, one in enumerate(GOLD)]
BAD = [without(one, 0, 1) if number < 7 else one for number, one in enumerate(GOLD)]
