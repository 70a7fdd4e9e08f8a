import type { Paper } from '../../papers/paper.ts';
import { linkKeysOf, lookUpKeys, referenceIn, workKey } from '../../papers/references.ts';
import { unknownWork } from '../../search/match/links.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import type { StoredSource } from '../store/document.ts';
import { storedDigest } from '../store/document-links.ts';
import { CITED_BY, CITES, WORKS } from '../store/paths.ts';
import { withIdentifier } from './field-query.ts';
import type { MatchTools } from './match-tools.ts';
import { allOf, anyOf, ids, noneOf, term, terms } from './queries.ts';

/** Papers with one identifier, such as the DOI of a book on its chapters, of which links are followed. */
const MAX_SHARING = 1_000;

/**
 * The papers that cite a work (`cites`), or that a paper cites (`citedBy`), as `linkedTo` finds them. The work is a paper of
 * the corpus, by any of its identifiers (several papers, where they share it), or another one that papers cite.
 * @throws PaperSearchError BAD_REQUEST when no paper has the identifier, nor cites a work that has it.
 */
export function linkedQuery(
  identifier: string,
  field: 'cites' | 'citedBy',
  { known }: Pick<MatchTools, 'known'>,
): ClusterQuery {
  const papers = known.search<readonly Paper[] | undefined>({
    body: {
      query: withIdentifier(identifier, 'id', known),
      size: MAX_SHARING,
      sort: [{ id: 'asc' }],
      _source: ['paper'],
      track_total_hits: false,
    },
    read: ({ hits }) => hits.hits.map(({ _source }) => (_source as StoredSource).paper!),
    unknown: undefined,
  });
  if (papers === undefined) return ids([]);
  if (papers.length > 0) {
    const exact = papers.length > 1 ? papers.filter(({ id }) => id === identifier) : [];
    return anyOf((exact.length > 0 ? exact : papers).map((paper) => linksOf(paper, field)));
  }
  const reference = field === 'cites' ? referenceIn(identifier) : undefined;
  const citing = reference === undefined ? undefined : term(CITES, storedDigest(workKey(reference)));
  if (citing && known.count(citing) > 0) return citing;
  throw unknownWork(identifier, field);
}

/** The papers at the other end of a paper's links, whichever of the two says so. */
function linksOf(paper: Paper, field: 'cites' | 'citedBy'): ClusterQuery {
  const [says, saidBy] = field === 'cites' ? [paper.citedBy, CITES] : [paper.references, CITED_BY];
  const linked = anyOf([
    terms(WORKS, digestsOf((says ?? []).flatMap(lookUpKeys))),
    terms(saidBy, digestsOf(linkKeysOf(paper))),
  ]);
  return allOf([linked, noneOf(ids([paper.id]))]);
}

function digestsOf(keys: readonly string[]): string[] {
  return keys.map(storedDigest);
}
