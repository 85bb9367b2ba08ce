"""The sections of the site, in the order of the navigation: who adds pages adds a line here."""

from tasrih.explorer.articles import Articles
from tasrih.explorer.guidelines import Guidelines
from tasrih.explorer.home import Home
from tasrih.explorer.site import Section

SECTIONS: tuple[type[Section], ...] = (Home, Articles, Guidelines)
