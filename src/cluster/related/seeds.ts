import type { QueryTerm } from '../../indexes/keyword/keyword-index.ts';
import type { Paper } from '../../papers/paper.ts';
import { contentOf } from '../../query/intent.ts';
import { DEFAULT_MODE, type RelatedRequest } from '../../search/api.ts';
import { LINK_WEIGHTS } from '../../search/related/link-similarity.ts';
import { expectSeeds } from '../../search/related/related.ts';
import { keywordShare, seedTerms, seedTexts, vectorOfSeed } from '../../search/related/similarity.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { readPapers, readVectors } from '../match/listing.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { statisticsOf } from '../search/statistics.ts';
import { scoredTerms } from '../search/term-queries.ts';
import { KnownVocabulary } from '../search/vocabulary.ts';
import { readSeedLinks, type SeedLinks, WITHOUT_LINKS } from './seed-links.ts';

/** Terms that candidates are chosen by, the rarest: a cluster takes 1,024, and a text may be long. */
const MAX_TERMS = 500;

/** A seed with what chooses papers that are similar to it. */
interface ClusterSeed {
  /** Undefined for a text. */
  readonly id: string | undefined;
  readonly terms: readonly QueryTerm[];
  /** Papers with its words; undefined where these do not count. */
  readonly scored: ClusterQuery | undefined;
  /** Undefined where meaning does not count. */
  readonly vector: Float32Array | undefined;
}

/** The seeds of a request. */
export interface ClusterSeeds {
  readonly positive: readonly ClusterSeed[];
  readonly negative: readonly ClusterSeed[];
  /** Ids of the papers among them. */
  readonly ids: readonly string[];
  readonly links: SeedLinks;
}

type SeedRequest = Pick<RelatedRequest, 'positive' | 'negative' | 'text' | 'mode'>;

/**
 * Reads the seeds of a request, and everything that papers are compared with.
 * @throws PaperSearchError NOT_FOUND for an unknown id; BAD_REQUEST without a positive seed, and for a paper that is both.
 */
export async function readSeeds(request: SeedRequest, cluster: ClusterCorpus): Promise<ClusterSeeds> {
  const { mode = DEFAULT_MODE } = request;
  const positive = await eachOnce(request.positive ?? [], cluster);
  const negative = await eachOnce(request.negative ?? [], cluster);
  const text = request.text?.trim() ? contentOf(request.text) : undefined;
  expectSeeds(positive, negative, text);
  const papers = [...positive, ...negative];
  const links = mode === 'hybrid' && papers.length > 0 ? await readSeedLinks(papers, cluster) : WITHOUT_LINKS;
  const share = keywordShare(mode, cluster.ranking);
  const vectors =
    mode === 'keyword'
      ? []
      : await readVectors(
          papers.map(({ id }) => id),
          cluster,
        );
  const texts = [...papers.map(seedTexts), ...(text === undefined ? [] : [[text]])];
  const words = await wordsOf(texts, cluster);
  const seeds = papers.map(({ id }, i): ClusterSeed => {
    const near = links.vicinityOf(id);
    const own = vectors[i] && (share < 1 || near) ? { vector: vectors[i] } : undefined;
    return {
      id,
      terms: words[i]!.terms,
      scored: share > 0 ? words[i]!.scored : undefined,
      vector: own && vectorOfSeed(own, share, near, LINK_WEIGHTS).vector,
    };
  });
  const ofText: ClusterSeed[] =
    text === undefined
      ? []
      : [
          {
            id: undefined,
            terms: words.at(-1)!.terms,
            scored: share > 0 ? words.at(-1)!.scored : undefined,
            vector: mode === 'keyword' ? undefined : await cluster.encode(text),
          },
        ];
  return {
    positive: [...seeds.slice(0, positive.length), ...ofText],
    negative: seeds.slice(positive.length),
    ids: papers.map(({ id }) => id),
    links,
  };
}

/** Each different paper once, by any of its identifiers. */
async function eachOnce(ids: readonly string[], cluster: ClusterCorpus): Promise<Paper[]> {
  const papers = await readPapers(ids, cluster);
  return [...new Map(papers.map((paper) => [paper.id, paper])).values()];
}

function wordsOf(texts: readonly (readonly string[])[], cluster: ClusterCorpus) {
  return cluster.lookups.resolve((known) => {
    const vocabulary = new KnownVocabulary(known, cluster);
    const { withTerm, withAny } = statisticsOf(known, cluster.meta);
    return texts.map((each) => {
      const terms = seedTerms(each, vocabulary);
      // All are asked now, so that scoring has no question left.
      const counted = terms.map((term) => ({
        term,
        papers: term.anyOf ? withAny(term.anyOf) : withTerm(term.term),
      }));
      const rarest = counted.toSorted((a, b) => a.papers - b.papers).slice(0, MAX_TERMS);
      const chosen = terms.length <= MAX_TERMS ? terms : rarest.map(({ term }) => term);
      const scored = scoredTerms(chosen, ({ weight }) => weight);
      return { terms, scored };
    });
  });
}
