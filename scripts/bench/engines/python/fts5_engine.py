"""SQLite's FTS5 through the sqlite3 module of this Python."""

import os
import sqlite3

import loop


class Fts5:
    version = sqlite3.sqlite_version

    def __init__(self, options):
        boosts = options["boosts"]
        self.boosts = (boosts["title"], boosts["abstract"])

    def build(self, given):
        self.database = sqlite3.connect(os.path.join(given.folder, "index.db"))
        # The terms are analysed already; the characters named here occur in them (c++, c#, 15.6%).
        self.database.execute(
            "CREATE VIRTUAL TABLE papers USING fts5(title, abstract, content='', "
            "tokenize = \"unicode61 remove_diacritics 0 tokenchars '+#%.'\")"
        )
        rows = ((doc + 1, title, abstract) for doc, (title, abstract) in enumerate(given.papers()))
        with self.database:
            self.database.executemany("INSERT INTO papers(rowid, title, abstract) VALUES (?, ?, ?)", rows)
            self.database.execute("INSERT INTO papers(papers) VALUES ('optimize')")

    def query(self, query):
        match = " OR ".join(f'"{term}"' for term in dict.fromkeys(query.terms))
        if not match:
            return []
        found = self.database.execute(
            "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY bm25(papers, ?, ?) LIMIT ?",
            (match, *self.boosts, loop.TOP),
        )
        return [row - 1 for (row,) in found]


loop.serve(Fts5)
