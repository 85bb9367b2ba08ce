"""What a format is: how it is read and written, how its files end, and what of a record it cannot say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal, NamedTuple

from tasrih.errors import TasrihError, not_installed
from tasrih.interchange.inputs import Source
from tasrih.interchange.losses import Loss
from tasrih.record import Json

Files = Mapping[str, bytes]
"""Files by their names."""
Reader = Callable[[Source], Iterator[Json | TasrihError]]
"""The records in a file as plain data, which is validated afterwards. What could not be read of a record is an error
before it, and the rest of the record comes nevertheless."""
Writer = Callable[[Json], Files]
"""The files of a valid record: or, of a stream, its piece of the one file, by the name of that."""
Printed = Literal["json", "xml", "text"]


class Stream(NamedTuple):
    """The one file of all articles, which is written as they come: what stands around their pieces.

    With `parts` there are files of these names in its place, with nothing around, and those without a piece are not
    written.
    """

    name: str
    head: bytes = b""
    between: bytes = b""
    tail: bytes = b""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Format:
    """A format of the registry.

    `label` and `about` say what it is, `suffixes` how its files end: in folders the files with the first one are read.
    Without `read` it is for export alone. `common` are files beside those of all articles, `printed` how data for
    standard output is escaped: without it the format has to be written to files. `extra` is the extra of the package
    with which `modules` are installed. `without_words`: stand-off records are exported as well.
    `textless`: it has no texts, and is read onto the corpus that has them.
    """

    label: str
    about: str
    suffixes: tuple[str, ...]
    read: Reader | None = None
    write: Writer | None = None
    losses: tuple[Loss, ...] = ()
    printed: Printed | None = None
    stream: Stream | None = None
    common: Callable[[], Files] = dict
    extra: str = ""
    modules: Iterable[str] = ()
    without_words: bool = False
    textless: bool = False

    def check_installed(self) -> None:
        """Raises UnavailableError where a library is missing that reads and writes the format."""
        missing = [module for module in self.modules if find_spec(module) is None]
        if missing:
            raise not_installed(" and ".join(missing), self.extra)
