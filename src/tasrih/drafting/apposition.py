"""The titles beside names of people who are known by now: before the name, or after it between commas."""

from tasrih.drafting.people import Entity, People, parts_of
from tasrih.drafting.phrases import begins_title, titled
from tasrih.text.lists import listed
from tasrih.text.words import Word, words_in

_NEAR = 40  # characters before a title in which the name before it is looked for
_BETWEEN = ("، ", " - ", " – ", " -", " (", "، ال")


def entitle_known(people: People, text: str) -> None:
    """Gives people whom a text calls by name the titles that stand right before or behind their names."""
    for phrase in titled(text):
        title, entity = _behind(people, phrase)
        if entity is None and not any(word.folded in listed("given") for word in phrase[1:]):
            title, entity = phrase, _before(people, text, phrase[0])
        if entity and title:
            people.entitle(entity, title)


def _behind(people: People, phrase: list[Word]) -> tuple[list[Word], Entity | None]:
    """The title at the beginning of a phrase and the person whose name follows it."""
    for place in range(1, len(phrase)):
        if begins_title(phrase[place]):
            return [], None
        if entity := _named(people, phrase[place : place + 2]):
            return phrase[:place], entity
    return [], None


def _before(people: People, text: str, title: Word) -> Entity | None:
    """The person whose name ends right before a title."""
    near = words_in(text, max(0, title.start - _NEAR), title.start)[-2:]
    if not near or text[near[-1].end : title.start] not in _BETWEEN:
        return None
    return _named(people, near)


def _named(people: People, name: list[Word]) -> Entity | None:
    """The person whom two words call by name."""
    parts = parts_of(" ".join(word.folded for word in name))
    alike = people.like(parts) if len(parts) > 1 else []
    return next((entity for entity in alike if entity.type == "PERS" and parts <= entity.parts), None)
