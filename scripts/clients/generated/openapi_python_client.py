"""A client by openapi-python-client, run against a server.

Usage: python openapi_python_client.py URL, with the generated package on the path.
"""

import json
import sys

from paper_search_client import Client
from paper_search_client.api.papers import export_papers, get_paper
from paper_search_client.api.search import find_related_papers, search_papers
from paper_search_client.models import ExportRequest, ExportRequestFormat, RelatedRequest, SearchPapersFacetsItem

client = Client(base_url=sys.argv[1])
facets = [SearchPapersFacetsItem.YEAR, SearchPapersFacetsItem.VENUE]
answer = search_papers.sync(client=client, q="papers about self-improvement", limit=3, facets=facets)
ids = [hit.paper.id for hit in answer.hits]
related = find_related_papers.sync(client=client, body=RelatedRequest(positive=ids[:1], limit=2))
exported = export_papers.sync(client=client, body=ExportRequest(ids=ids, format_=ExportRequestFormat.BIBTEX))
unknown = get_paper.sync(client=client, id="nothing")
print(
    json.dumps(
        {
            "titles": [hit.paper.title for hit in answer.hits],
            "years": len(answer.facets.values["year"]),
            "related": len(related.hits),
            "entries": exported.count("@"),
            "error": unknown.error.code,
        }
    )
)
