"""What the search of the site takes for the same word: English by its stem, Arabic however it is spelt.

The index is made here, and asked in a browser: there the letters are folded by the script of the explorer.
"""

import re
from typing import Any

from sphinx.search.en import SearchEnglish

from tasrih.explorer.scripts import FOLDER
from tasrih.text.letters import fold

LETTERS = re.sub("^export ", "", (FOLDER / "letters.js").read_text(encoding="utf-8"), flags=re.MULTILINE)
# Signs stay in the words that the page is to mark, and go from those that the index is asked for.
IN_A_BROWSER = """
var splitQuery = (query) => query.match(/[\\p{L}\\p{N}\\p{Mn}_]+/gu) ?? [];
{
  const English = window.Stemmer;
  const fold = (() => { LETTERS return fold; })();
  window.Stemmer = function () {
    const english = new English();
    this.stemWord = (word) => english.stemWord(fold(word));
  };
}
"""


class SearchFolded(SearchEnglish):  # type: ignore[misc]
    """English pages with Arabic words, and pages in Arabic."""

    js_splitter_code = IN_A_BROWSER.replace("LETTERS", LETTERS)

    def split(self, text: str) -> list[str]:
        """The words of a text, folded before signs can part them."""
        return super().split(fold(text)[0])


def setup(app: Any) -> dict[str, bool]:
    """Takes the place of the search in English."""
    app.add_search_language(SearchFolded)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
