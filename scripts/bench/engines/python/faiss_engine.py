"""faiss: exact (IndexFlatIP) or approximate (IndexHNSWFlat)."""

import os

import faiss
import loop


class Faiss:
    version = faiss.__version__

    def __init__(self, options):
        self.options = options
        # One thread, like all engines.
        faiss.omp_set_num_threads(1)

    def build(self, given):
        vectors = given.vectors()
        factory = self.options["factory"]
        self.index = faiss.index_factory(vectors.shape[1], factory, faiss.METRIC_INNER_PRODUCT)
        if "efSearch" in self.options:
            self.index.hnsw.efSearch = self.options["efSearch"]
        self.index.add(vectors)

    def query(self, query):
        _, found = self.index.search(query.vector[None, :], loop.TOP)
        return found[0]

    def save(self, folder):
        faiss.write_index(self.index, os.path.join(folder, "index.faiss"))


loop.serve(Faiss)
