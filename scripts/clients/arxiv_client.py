"""Sends requests to a server with the Python package `arxiv`, and prints the answers as JSON.

Usage: python scripts/clients/arxiv_client.py http://127.0.0.1:3000
"""

import itertools
import json
import logging
import sys

import arxiv

logging.basicConfig(level=logging.WARNING)


def client_of(base: str, page_size: int = 3) -> arxiv.Client:
    client = arxiv.Client(page_size=page_size, delay_seconds=0, num_retries=0)
    client.query_url_format = base + "/api/query?{}"
    return client


def told(result: arxiv.Result) -> dict:
    return {
        "id": result.get_short_id(),
        "title": result.title,
        "summary": result.summary,
        "authors": [author.name for author in result.authors],
        "published": result.published.isoformat(),
        "updated": result.updated.isoformat(),
        "categories": result.categories,
        "primary": result.primary_category,
        "doi": result.doi,
        "journal": result.journal_ref,
        "pdf": result.pdf_url,
    }


def main() -> None:
    base = sys.argv[1]
    client = client_of(base)
    all_of = lambda **search: [told(each) for each in client.results(arxiv.Search(**search))]
    answers = {
        # More than one page, and more papers requested than exist.
        "paged": all_of(query="all:gap"),
        "limited": all_of(query="all:gap", max_results=2),
        "offset": [told(each) for each in client.results(arxiv.Search(query="all:gap"), offset=2)],
        "quoted": all_of(query='ti:"minding the gap" ANDNOT au:nobody'),
        "author": all_of(query="au:del_maestro"),
        "listed": all_of(id_list=["2412.02674v1", "9999.99999"]),
        "both": all_of(query="cat:cs.LG", id_list=["2412.02674", "hep-th/9901001"]),
        "dated": all_of(query="submittedDate:[202412010000 TO 202412312359]"),
        "none": all_of(query="all:zzzzzz"),
        "oldest": all_of(
            query="all:gap",
            sort_by=arxiv.SortCriterion.SubmittedDate,
            sort_order=arxiv.SortOrder.Ascending,
        ),
    }
    try:
        list(itertools.islice(client.results(arxiv.Search(query="(ti:a")), 1))
        answers["refused"] = None
    except arxiv.HTTPError as error:
        answers["refused"] = error.status
    print(json.dumps(answers))


main()
