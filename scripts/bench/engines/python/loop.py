"""The common loop of the Python engines: the protocol of ../protocol.ts over standard input and output."""

import base64
import gc
import json
import os
import platform
import sys
import time
import traceback

TOP = 10


class Query:
    """A query: its text, its terms by paper-search's analyzer, and for dense engines its unit vector."""

    def __init__(self, sent):
        self.text = sent["text"]
        self.terms = sent["terms"]
        self.vector = None
        if "vector" in sent:
            import numpy

            self.vector = numpy.frombuffer(base64.b64decode(sent["vector"]), dtype="<f4")


class Input:
    """The input of a build. Reading it does not count as building."""

    def __init__(self, request):
        self.request = request
        self.count = request["count"]
        self.folder = request["folder"]
        self.read_ns = 0

    def papers(self):
        """(title, abstract) of each paper, analysed: terms joined by spaces."""
        with open(self.request["termsFile"], encoding="utf-8") as lines:
            for _ in range(self.count):
                started = time.perf_counter_ns()
                paper = json.loads(next(lines))
                self.read_ns += time.perf_counter_ns() - started
                yield paper["title"], paper["abstract"]

    def vectors(self):
        """count x dimension, float32, each row L2-normalised."""
        import numpy

        started = time.perf_counter_ns()
        flat = numpy.fromfile(self.request["vectorsFile"], dtype="<f4")
        self.read_ns += time.perf_counter_ns() - started
        return flat.reshape(self.count, self.request["dimension"])


def memory():
    gc.collect()
    with open("/proc/self/status", encoding="ascii") as lines:
        status = dict(line.split(":", 1) for line in lines)
    read = lambda name: 1024 * int(status[name].split()[0])
    return {"memoryBytes": read("VmRSS"), "peakBytes": read("VmHWM")}


def build(engine, request):
    os.makedirs(request["folder"], exist_ok=True)
    before = memory()
    given = Input(request)
    cpu = time.process_time_ns()
    started = time.perf_counter_ns()
    engine.build(given)
    wall = time.perf_counter_ns() - started
    return {
        "seconds": (wall - given.read_ns) / 1e9,
        "readSeconds": given.read_ns / 1e9,
        "cpuSeconds": (time.process_time_ns() - cpu) / 1e9,
        "baselineBytes": before["memoryBytes"],
        **memory(),
    }


def run(engine, queries, request):
    wall_us, cpu_us, results = [], [], []
    for place in request["places"]:
        query = queries[place]
        cpu = time.process_time_ns()
        started = time.perf_counter_ns()
        hits = engine.query(query)
        wall = time.perf_counter_ns() - started
        cpu_us.append((time.process_time_ns() - cpu) / 1e3)
        wall_us.append(wall / 1e3)
        if request["results"]:
            results.append([int(hit) for hit in hits])
    return {"wallUs": wall_us, "cpuUs": cpu_us, "results": results, "peakBytes": memory()["peakBytes"]}


def serve(make):
    """Answers requests until standard input ends.

    make(options) gives an engine: build(input), query(query) -> places of the TOP best papers, and where the
    index does not live in input.folder, save(folder); `version` is a string.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Output of packages must not mix with the answers.
    os.dup2(2, 1)

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    try:
        engine = make(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {})
    except Exception:
        answer({"error": traceback.format_exc()})
        sys.exit(1)
    answer({"version": engine.version, "runtime": f"Python {platform.python_version()}"})
    sets = {}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["op"] == "build":
                result = build(engine, request)
            elif request["op"] == "queries":
                sets[request["set"]] = [Query(sent) for sent in request["queries"]]
                result = {}
            elif request["op"] == "run":
                result = run(engine, sets[request["set"]], request)
            elif request["op"] == "save":
                os.makedirs(request["folder"], exist_ok=True)
                save = getattr(engine, "save", None)
                if save:
                    save(request["folder"])
                result = {"saved": save is not None}
            else:
                result = memory()
            answer(result)
        except Exception:
            answer({"error": traceback.format_exc()})
