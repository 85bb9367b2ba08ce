"""What a corpus is called, and by whom it is: from its CITATION.cff, or from the name of its folder alone."""

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from tasrih.errors import InvalidError
from tasrih.resources import document, home_of

CITATION = "CITATION.cff"
_LARGEST = 2**20
_NAMED = re.compile(r":\s|\s[–—-]\s")  # "Name: what it is"
_Words = Annotated[str, AfterValidator(lambda text: " ".join(text.split())), StringConstraints(min_length=1)]
_Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"{}\\]+$")]


class _Texts(yaml.SafeLoader):  # type: ignore[misc]
    """Reads all values but null as the text that they are: version 1.10 is not the number 1.1."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        letter: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _licence(text: str) -> str:
    try:
        return str(canonicalize_license_expression(text))
    except InvalidLicenseExpression as error:
        raise ValueError("it is no SPDX identifier such as CC-BY-4.0") from error


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


class _Part(BaseModel):
    """A mapping in CITATION.cff, of which only what is said of a corpus is read; a field without a value is none."""

    model_config = ConfigDict(frozen=True, alias_generator=lambda name: name.replace("_", "-"))

    @model_validator(mode="before")
    @classmethod
    def _given(cls, fields: Any) -> Any:
        if not isinstance(fields, dict):
            return fields
        return {name: value for name, value in fields.items() if value is not None and value != ""}


class Author(_Part):
    """A person, or with `name` an organisation."""

    name: _Words | None = None
    given_names: _Words | None = None
    name_particle: _Words | None = None
    family_names: _Words | None = None
    name_suffix: _Words | None = None
    alias: _Words | None = None

    @model_validator(mode="after")
    def _has_a_name(self) -> "Author":
        if not self.shown:
            raise ValueError("an author has a name, or given-names and family-names")
        return self

    @property
    def shown(self) -> str:
        """The name as it is read aloud."""
        parts = (self.given_names, self.name_particle, self.family_names, self.name_suffix)
        return self.name or " ".join(filter(None, parts)) or self.alias or ""


class Citation(_Part):
    """What CITATION.cff says of a corpus."""

    title: _Words
    authors: Annotated[tuple[Author, ...], Field(min_length=1)]
    version: _Words | None = None
    license: Annotated[str, AfterValidator(_licence)] | None = None
    license_url: _Url | None = None
    url: _Url | None = None
    repository: _Url | None = None
    repository_code: _Url | None = None
    doi: _Words | None = None
    abstract: _Words | None = None
    date_released: Annotated[str, AfterValidator(_day)] | None = None
    keywords: tuple[_Words, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_licence(cls, fields: Any) -> Any:
        """Of several licences, any may be chosen."""
        if isinstance(fields, dict) and isinstance(fields.get("license"), list):
            return fields | {"license": " OR ".join(map(str, fields["license"]))}
        return fields


@dataclass(frozen=True)
class Identity:
    """What a corpus is known by. Without a CITATION.cff it has a name, and nothing is claimed of it.

    `name` is for paths and keys, in lower-case Latin letters, digits and hyphens; `short` is the title without what
    follows a colon; `home` is the folder of its register and its documents.
    """

    name: str
    title: str
    citation: Citation | None = None
    home: Path | None = None

    @property
    def short(self) -> str:
        """The name that people use."""
        return _NAMED.split(self.title, maxsplit=1)[0]

    @property
    def version(self) -> str | None:
        """The version of the corpus, if it has one."""
        return self.citation.version if self.citation else None

    @property
    def license(self) -> str | None:
        """The SPDX expression that the corpus is under, if one is known."""
        return self.citation.license if self.citation else None

    def document(self, *names: str) -> Path | None:
        """The document of that name, or the first there is of several."""
        return document(self.home, *names) if self.home else None


def identity(paths: Sequence[str | os.PathLike[str]], within: str | os.PathLike[str] | None = None) -> Identity:
    """The identity of the records at some paths.

    It is that of the folder `within`, or of the one corpus that they are all in, or of several that lie beside one
    CITATION.cff. Raises TasrihError for a CITATION.cff that cannot be read.
    """
    homes = {home_of(path) for path in paths} if within is None else {Path(within)}
    files = {document(home, CITATION) if home else None for home in homes}
    file = files.pop() if len(files) == 1 else None
    home = homes.pop() if len(homes) == 1 else file and file.parent
    folder = _name_of(home, paths)
    if file is None:
        return Identity(name_of("", folder), folder, None, home)
    citation = _citation(file)
    return Identity(name_of(citation.title, folder), citation.title, citation, home)


def name_of(title: str, folder: str) -> str:
    """The name of a corpus in addresses, by its title or else its folder: `marfa` for "Marfa: quotations"."""
    return slug(_NAMED.split(title, maxsplit=1)[0]) or slug(folder) or "corpus"


def _name_of(home: Path | None, paths: Sequence[str | os.PathLike[str]]) -> str:
    """The name of the folder, or of the only file; a folder that is called just `corpus` has that of the one around."""
    if home is not None:
        here = Path(os.path.abspath(home))  # noqa: PTH100
        return " ".join((here.parent.name if here.name == "corpus" else here.name).split()) or "corpus"
    only = os.path.basename(os.fspath(paths[0]).rstrip(f"/{os.sep}")) if len(paths) == 1 else ""  # noqa: PTH119 - or a URL
    return " ".join(only.partition(".")[0].split()) or "corpus"


def slug(title: str) -> str:
    """A title in lower-case Latin letters, digits and hyphens; nothing when it has no such letter."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")


def _citation(file: Path) -> Citation:
    try:
        with file.open("rb") as stream:
            read = yaml.load(stream.read(_LARGEST).decode("utf-8-sig"), Loader=_Texts)  # noqa: S506 - a safe one
        return Citation.model_validate(read)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(str(step) for step in first["loc"]) or "it"
        raise InvalidError(
            f"needs a title and authors, as the Citation File Format has them. What is wrong: {at} "
            f"({first['msg'].removeprefix('Value error, ')}).",
            path=file,
        ) from error
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise InvalidError(f"cannot be read as YAML ({' '.join(str(error).split())}).", path=file) from error
