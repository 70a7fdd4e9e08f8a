"""Writes what ASReview's own functions say about orders of reading: the expected values of test/review/simulate/measures.test.ts.

Usage: python asreview-measures.py RUNS_FOLDER COLLECTION > test/review/simulate/asreview-measures.json

Needs asreview and asreview-insights. The orders are a few runs that asreview-runs.py wrote, and small ones.
"""

import json
import sys
from pathlib import Path

import asreview
import asreview.metrics
import numpy as np

# asreview-insights 1.6.1 imports a function that asreview 3 no longer has, and that its formulas do not need.
asreview.open_state = getattr(asreview, "open_state", None)
from asreviewcontrib.insights import metrics as insights  # noqa: E402


def case(name, labels):
    labels = [int(label) for label in labels]
    times = insights._time_to_discovery(list(range(len(labels))), labels)
    return {
        "name": name,
        "papers": len(labels),
        "places": [place for place, label in enumerate(labels) if label],
        "recall": {str(share): insights._recall(labels, share) for share in (0.05, 0.1, 0.25, 0.5, 1.0)},
        "wss": {str(recall): float(insights._wss(labels, recall)) for recall in (0.5, 0.85, 0.95, 1.0)},
        "atd": float(np.mean([time for _, time in times])),
        "loss": asreview.metrics.loss(labels),
        "ndcg": asreview.metrics.ndcg(np.array(labels)),
    }


def main(runs, collection):
    qrels = [line.split("\t") for line in (collection / "qrels" / "test.tsv").read_text().splitlines()[1:]]
    pools = json.loads((collection / "pools.json").read_text())
    cases = []
    for name in ("hannousse-Goulao-2016", "cohen-NSAIDS", "cohen-Antihistamines"):
        included = {paper for review, paper, grade in qrels if review == name and int(grade) > 0}
        run = json.loads((runs / f"{name}.jsonl").read_text().splitlines()[0])
        read = [int(pools[name][row] in included) for row in run["order"][2:]]
        cases.append(case(f"{name}, seed {run['seed']}", read + [0] * (len(pools[name]) - 2 - len(read))))
    random = np.random.default_rng(1)
    for papers, includes in ((2, 1), (3, 2), (10, 1), (11, 5), (40, 20), (41, 20), (200, 3), (1001, 77)):
        labels = np.zeros(papers, dtype=int)
        labels[random.choice(papers, includes, replace=False)] = 1
        cases.append(case(f"{includes} of {papers} at random", labels))
    cases.append(case("perfect", [1] * 5 + [0] * 20))
    cases.append(case("worst", [0] * 20 + [1] * 5))
    json.dump(cases, sys.stdout)


main(Path(sys.argv[1]), Path(sys.argv[2]))
