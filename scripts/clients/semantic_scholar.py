"""Sends requests to a server with the Python package semanticscholar, and prints the parsed answers as JSON.

Usage: python semantic_scholar.py URL. Needs semanticscholar 0.12.0. The server has the papers of
test/serve/compat/semantic-scholar/sample-corpus.ts; test/clients/semantic-scholar.test.ts starts it and reads the output.
"""

import json
import logging
import sys

from semanticscholar import SemanticScholar
from semanticscholar.SemanticScholarException import BadQueryParametersException, ObjectNotFoundException

DOI = "DOI:10.18653/v1/N18-3011"


def failure(ask):
    """The name and the message of the exception of a request."""
    try:
        ask()
    except (BadQueryParametersException, ObjectNotFoundException) as error:
        return [type(error).__name__, str(error)]
    return None


def answers(client):
    """The results of the requests of the client, by name."""
    paper = client.get_paper(DOI)
    author = paper.authors[0].authorId
    search = client.search_paper("parsing", limit=10)
    first_page = len(search.items)
    return {
        "paper": [paper.title, paper.year, paper.venue, paper.isOpenAccess, len(paper.citations), paper.tldr],
        "date": paper.publicationDate.strftime("%Y-%m-%d"),
        "embedding": len(paper.embedding["vector"]),
        "url": client.get_paper("URL:https://arxiv.org/abs/2106.15928v1", fields=["title"]).title,
        "corpusId": client.get_paper(f"CorpusId:{paper.corpusId}", fields=["title"]).title,
        "unknown": failure(lambda: client.get_paper("DOI:10.1/none")),
        "badField": failure(lambda: client.get_paper(DOI, fields=["colour"])),
        "papers": [each.title for each in client.get_papers([DOI, paper.paperId, "none"])],
        "paperAuthors": [each.name for each in client.get_paper_authors(DOI)],
        "citations": len(list(client.get_paper_citations(DOI))),
        "references": len(list(client.get_paper_references(DOI))),
        "search": [search.total, first_page, len(list(search))],
        "ampersand": client.search_paper("graphs & speech", limit=1).total,
        "openAccess": client.search_paper("parsing", open_access_pdf=True).total,
        "filters": [
            each.title
            for each in client.search_paper(
                "parsing",
                year="2016-2020",
                venue=["Proceedings of the Conference on Parsing"],
                fields_of_study=["Computer Science"],
                publication_types=["Conference"],
                publication_date_or_year="2019-03:",
            )
        ],
        "bulk": len({each.paperId for each in client.search_paper("pars* -speech", bulk=True, sort="paperId:desc")}),
        "match": client.search_paper("parsing with graphs, a study", match_title=True).title,
        "noMatch": failure(lambda: client.search_paper("entirely unlike", match_title=True)),
        "author": client.get_author(author).name,
        "authors": [each.name for each in client.get_authors([author])],
        "authorPapers": len(list(client.get_author_papers(author))),
        "authorSearch": [each.name for each in client.search_author("müller")],
        "recommended": len(client.get_recommended_papers(DOI, limit=5)),
        "recommendedFromLists": len(client.get_recommended_papers_from_lists([DOI], limit=5)),
        "recommendedAwayFrom": len(client.get_recommended_papers_from_lists([DOI], ["speech"], limit=500)),
        "autocomplete": [each.title for each in client.get_autocomplete("transl")],
        "snippets": [each.snippet["text"] for each in client.search_snippet("trees for translation", limit=1)],
    }


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    print(json.dumps(answers(SemanticScholar(api_url=sys.argv[1], retry=False))))
