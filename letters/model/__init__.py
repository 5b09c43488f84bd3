"""Types that cross rooms: the document tree, and the letter's own data. No behaviour, no dependencies."""
