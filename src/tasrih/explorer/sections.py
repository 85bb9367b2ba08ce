"""The sections of the site, in the order of the navigation: who adds pages adds a line here.

The page of an article comes last: it leads to what the others have of it.
"""

from tasrih.explorer.articles import Articles
from tasrih.explorer.guidelines import Guidelines
from tasrih.explorer.home import Home
from tasrih.explorer.phenomena import Phenomena
from tasrih.explorer.predictions import Predictions
from tasrih.explorer.readings import Readings
from tasrih.explorer.search import Search
from tasrih.explorer.site import Section
from tasrih.explorer.speakers import Speakers

SECTIONS: tuple[type[Section], ...] = (Home, Search, Speakers, Phenomena, Readings, Predictions, Guidelines, Articles)
