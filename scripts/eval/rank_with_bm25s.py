"""Rankings of bm25s: plain BM25 in which a word of the query counts as often as it occurs.

Lucene's idf and formula, k1 = 1.5 and b = 0.75 (the defaults of bm25s), its English stop words, Snowball's English
stemmer. Reads {"papers": [text], "queries": [text], "depth": n} from standard input; writes a list for each query:
[[number of a paper, score]], best first, ties by number.
"""

import json
import sys

import bm25s
import numpy
import Stemmer

given = json.load(sys.stdin)
stemmer = Stemmer.Stemmer("english")


def words(texts):
    return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)


index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
index.index(words(given["papers"]), show_progress=False)
rankings = []
for query in words(given["queries"]):
    known = [word for word in query if word in index.vocab_dict]
    if not known:
        rankings.append([])
        continue
    scores = index.get_scores(known)
    order = numpy.argsort(-scores, kind="stable")[: given["depth"]]
    rankings.append([[int(paper), float(scores[paper])] for paper in order if scores[paper] > 0])
json.dump(rankings, sys.stdout)
