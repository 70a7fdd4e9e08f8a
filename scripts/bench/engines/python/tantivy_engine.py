"""Tantivy through its Python binding."""

import importlib.metadata

import loop
import tantivy


class Tantivy:
    version = importlib.metadata.version("tantivy")

    def __init__(self, options):
        self.boosts = options["boosts"]

    def build(self, given):
        builder = tantivy.SchemaBuilder()
        for field in self.boosts:
            builder.add_text_field(field, stored=False, tokenizer_name="blanks", index_option="freq")
        builder.add_integer_field("doc", stored=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=given.folder, reuse=False)
        blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("blanks", blanks)
        writer = self.index.writer(heap_size=256_000_000, num_threads=1)
        for doc, (title, abstract) in enumerate(given.papers()):
            writer.add_document(tantivy.Document(title=title, abstract=abstract, doc=doc))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def query(self, query):
        parts = []
        for term in dict.fromkeys(query.terms):
            for field, boost in self.boosts.items():
                part = tantivy.Query.term_query(self.schema, field, term, index_option="freq")
                parts.append((tantivy.Occur.Should, tantivy.Query.boost_query(part, boost)))
        hits = self.searcher.search(tantivy.Query.boolean_query(parts), loop.TOP, count=False).hits
        return [self.searcher.doc(address)["doc"][0] for _, address in hits]


loop.serve(Tantivy)
