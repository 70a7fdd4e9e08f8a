import type { Paper } from '../../papers/paper.ts';
import { linkKeysOf, lookUpKeys, referenceIn, workKey } from '../../papers/references.ts';
import { unknownWork } from '../../search/match/links.ts';
import type { SearchResult } from '../client/cluster-client.ts';
import type { ClusterQuery, Known } from '../search/lookups.ts';
import type { StoredSource } from '../store/document.ts';
import { storedDigest } from '../store/document-links.ts';
import { CITED_BY, CITES, WORKS } from '../store/paths.ts';
import { withIdentifier } from './field-query.ts';
import type { MatchTools } from './match-tools.ts';
import { allOf, anyOf, ids, noneOf, term, terms } from './queries.ts';

/** Papers with one identifier, such as the DOI of a book on its chapters, of which links are followed. */
const MAX_SHARING = 1_000;
/** Papers that the references of one paper are looked for among: the cluster returns no more at once. */
const MAX_NAMED = 10_000;

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
    read: papersIn,
    unknown: undefined,
  });
  if (papers === undefined) return ids([]);
  if (papers.length > 0) {
    const exact = papers.length > 1 ? papers.filter(({ id }) => id === identifier) : [];
    return anyOf((exact.length > 0 ? exact : papers).map((paper) => linksOf(paper, field, known)));
  }
  const reference = field === 'cites' ? referenceIn(identifier) : undefined;
  const citing = reference === undefined ? undefined : term(CITES, storedDigest(workKey(reference)));
  if (citing && known.count(citing) > 0) return citing;
  throw unknownWork(identifier, field);
}

/**
 * The papers at the other end of a paper's links, whichever of the two says so. An identifier that several papers have
 * links to no paper.
 */
function linksOf(paper: Paper, field: 'cites' | 'citedBy', known: Known): ClusterQuery {
  const [named, namedIn] = field === 'cites' ? [paper.citedBy, CITES] : [paper.references, CITED_BY];
  const own = digestsOf(linkKeysOf(paper)).filter((digest) => known.count(term(WORKS, digest)) === 1);
  const linked = anyOf([ids(papersNamed(named ?? [], known)), terms(namedIn, own)]);
  return allOf([linked, noneOf(ids([paper.id]))]);
}

/** The ids of the papers that references mean: of each, the only one with one of its keys, the first that has one counts. */
function papersNamed(references: readonly string[], known: Known): readonly string[] {
  if (references.length === 0) return [];
  const papers = known.search<readonly Paper[]>({
    body: {
      query: terms(WORKS, digestsOf(references.flatMap(lookUpKeys))),
      size: MAX_NAMED,
      sort: [{ id: 'asc' }],
      _source: ['id', 'aliases', 'externalIds', 'urls'].map((name) => `paper.${name}`),
      track_total_hits: false,
    },
    read: papersIn,
    unknown: [],
  });
  const idsByKey = new Map<string, string | undefined>();
  for (const paper of papers) {
    for (const key of linkKeysOf(paper)) idsByKey.set(key, idsByKey.has(key) ? undefined : paper.id);
  }
  return references.flatMap((reference) => {
    const key = lookUpKeys(reference).find((each) => idsByKey.get(each) !== undefined);
    return key === undefined ? [] : [idsByKey.get(key)!];
  });
}

function papersIn({ hits }: SearchResult<unknown>): readonly Paper[] {
  return hits.hits.map(({ _source }) => (_source as StoredSource).paper!);
}

function digestsOf(keys: readonly string[]): string[] {
  return [...new Set(keys.map(storedDigest))];
}
