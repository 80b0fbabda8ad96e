"""The hub: what a restaurant is, and how its facts are kept and carried.

`hub/` is a grid. The columns are the layers (`events domain commands store actions boards`), the rows are the
restaurant's nouns (`orders tickets menu floor people`), and a module's name says its row in every column.
"""

__version__ = "0.1.0"
