"""How to cite a corpus, in BibTeX."""

import os
from collections.abc import Sequence

from tasrih.errors import MissingError
from tasrih.identity import CITATION, Author, Identity, identity

_ESCAPED = str.maketrans(
    {letter: f"\\{letter}" for letter in "&%$#_"} | {"\\": "/", "{": "(", "}": ")", "~": " ", "^": " "}
)


def citation(paths: Sequence[str | os.PathLike[str]], within: str | os.PathLike[str] | None = None) -> str:
    """The entry for the corpus that records are in. Raises TasrihError when it has no CITATION.cff."""
    return bibtex(identity(paths, within))


def bibtex(cited: Identity) -> str:
    """The entry for a corpus. Raises TasrihError when it has no CITATION.cff."""
    told = cited.citation
    if told is None:
        raise MissingError(
            f"{cited.home or cited.title}: nothing says how to cite these records. Write a {CITATION} with title and "
            "authors, and put it into the corpus folder or beside it."
        )
    fields = {
        "title": _escaped(told.title),
        "author": " and ".join(map(_author, told.authors)),
        "year": told.date_released and told.date_released[:4],
        "version": told.version and _escaped(told.version),
        "doi": told.doi and _escaped(told.doi),
        "url": told.url or told.repository or told.repository_code,
    }
    lines = [f"  {name:9} = {{{value}}}" for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{cited.name},", ",\n".join(lines), "}"])


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)


def _author(author: Author) -> str:
    """A name with the family's first; one that is to be taken as it stands is in braces."""
    if author.name or not author.family_names:
        return f"{{{_escaped(author.shown)}}}"
    last = " ".join(filter(None, (author.name_particle, author.family_names)))
    return ", ".join(_part(part) for part in (last, author.name_suffix, author.given_names) if part)


def _part(name: str) -> str:
    taken_apart = "," in name or " and " in name.lower()
    return f"{{{_escaped(name)}}}" if taken_apart else _escaped(name)
