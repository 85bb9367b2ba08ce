"""What is made of articles to be written: the content of files under their names."""

from collections.abc import Mapping
from typing import NamedTuple


class Converted(NamedTuple):
    """A converted article: the name of the file it belongs in, and the bytes of that file; or a piece of a stream.

    `lost` counts what the format could not say of the article, by the paths of the losses. It is with the first file.
    `replaces` is the file of a corpus that it is the new content of, where the record has one to itself.
    `is_around`: it is no article's, but stands around or beside all of them. `source` is the file that an exported
    article was read from.
    """

    name: str
    data: bytes
    lost: Mapping[str, int] = {}
    replaces: str = ""
    is_around: bool = False
    source: str = ""
