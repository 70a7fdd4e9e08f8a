"""Simulates the screening of each review with ASReview's default model (ELAS u4) through ASReview's own simulation.

Usage: python asreview-runs.py COLLECTION PRIORS.json OUTPUT_FOLDER --seeds 1-3,4-10 [--reviews NAME,NAME]

COLLECTION has corpus.jsonl, pools.json and qrels/test.tsv. PRIORS.json gives, for each review and seed, the one include and the
one exclude that are known at the start (priors.ts writes it, so that each engine starts from the same). A run ends when all
includes are found. For each review, OUTPUT_FOLDER/REVIEW.jsonl gets one line per run: the seed, the seconds, and the rows of the
pool in the order in which they were labelled, the two known papers first. Runs that are already there are not done again.
Groups of seeds are done one after the other, so that all reviews have the seeds of the first group early.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
from asreview.learner import ActiveLearningCycle
from asreview.models.models import get_ai_config
from asreview.simulation.simulate import Simulate


def read_collection(folder):
    """The reviews of a collection, the smallest first: name, papers as ASReview's data frame, labels, row of each id."""
    papers = {}
    for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        papers[paper["_id"]] = (paper.get("title") or "", paper.get("text") or "")
    included = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        review, paper, grade = line.split("\t")
        if int(grade) > 0:
            included.setdefault(review, set()).add(paper)
    pools = json.loads((folder / "pools.json").read_text(encoding="utf-8"))
    reviews = []
    for name, ids in pools.items():
        frame = pd.DataFrame([papers[paper] for paper in ids], columns=["title", "abstract"])
        labels = np.array([int(paper in included[name]) for paper in ids])
        reviews.append((name, frame, labels, {paper: row for row, paper in enumerate(ids)}))
    return sorted(reviews, key=lambda review: len(review[2]))


class ShortTableSimulate(Simulate):
    """ASReview's simulation with a shorter table of results: what it learns from and how it chooses is unchanged.

    Its own table has eight more columns (name of the classifier, time, note, ...), and pandas looks at every cell of it at each
    step, which takes more time than the learning. The orders are the same.
    """

    def label(self, record_ids, cycle=None):
        step = np.nan if cycle is None else len(self._results)
        rows = pd.DataFrame({"record_id": record_ids, "label": self.labels[record_ids], "training_set": step})
        known = getattr(self, "_Simulate__results", None)
        self._results = rows if known is None else pd.concat([known, rows], ignore_index=True)
        return rows


def simulate(features, labels, known, seed):
    """Rows in the order in which ASReview labels them. `features` is the matrix of its own TF-IDF: the same for every seed."""
    np.random.seed(seed)
    cycle = ActiveLearningCycle.from_meta(get_ai_config("elas_u4")["value"])
    run = ShortTableSimulate(features, labels, cycle, skip_transform=True, print_progress=False)
    run.label(known)
    run.review()
    return run._results["record_id"].astype(int).tolist()


def seeds_of(text):
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("collection", type=Path)
    parser.add_argument("priors", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seeds", default="1-3,4-10")
    parser.add_argument("--reviews")
    options = parser.parse_args()
    priors = json.loads(options.priors.read_text())
    wanted = options.reviews and options.reviews.split(",")
    options.output.mkdir(parents=True, exist_ok=True)
    for group in options.seeds.split(","):
        for name, frame, labels, rows in read_collection(options.collection):
            if wanted and name not in wanted:
                continue
            path = options.output / f"{name}.jsonl"
            done = {json.loads(line)["seed"] for line in path.open()} if path.exists() else set()
            seeds = [seed for seed in seeds_of(group) if seed not in done]
            if not seeds:
                continue
            features = ActiveLearningCycle.from_meta(get_ai_config("elas_u4")["value"]).transform(frame)
            for seed in seeds:
                prior = priors[name][str(seed)]
                started = time.perf_counter()
                order = simulate(features, labels, [rows[prior["include"]], rows[prior["exclude"]]], seed)
                run = {"seed": seed, "seconds": round(time.perf_counter() - started, 1), "order": order}
                with path.open("a") as file:
                    file.write(json.dumps(run, separators=(",", ":")) + "\n")
                print(name, seed, len(order), "of", len(labels), f"{run['seconds']} s", flush=True)


if __name__ == "__main__":
    main()
