"""bm25s: scores computed when the index is built, summed by sparse slices."""

import bm25s
import loop


def backend():
    try:
        import numba  # noqa: F401

        return "numba"
    except ImportError:
        return "numpy"


class Bm25s:
    def __init__(self, _options):
        self.backend = backend()
        self.version = f"{bm25s.__version__}, {self.backend}"

    def build(self, given):
        texts = [f"{title} {abstract}".split() for title, abstract in given.papers()]
        self.index = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend=self.backend)
        self.index.index(texts, show_progress=False)

    def query(self, query):
        terms = [term for term in dict.fromkeys(query.terms) if term in self.index.vocab_dict]
        if not terms:
            return []
        found, _ = self.index.retrieve([terms], k=loop.TOP, show_progress=False)
        return found[0]

    def save(self, folder):
        self.index.save(folder, show_progress=False)


loop.serve(Bm25s)
