"""Slides of the notebooks' core paths: `python -m slides` makes a page of each deck.

A deck in `decks/` holds headings, short sentences and speaker notes. Pictures,
formulas, code and printed numbers it only names, by the id of the notebook's cell.
"""
