import { createHash } from 'node:crypto';
import { lengthWeights } from '../../indexes/keyword/bm25/scoring.ts';
import { TEXT_FIELDS, type TextField } from '../../papers/fields.ts';
import { ENGLISH_ONLY, type Language, OTHER_LANGUAGES } from '../../text/languages.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { CONTENT_PARTS, contentPath } from './content-sums.ts';
import { countField, flagsPath, LANGUAGE, lengthPath, numberPath } from './paths.ts';
import type { Statistics } from './snapshot-meta.ts';

/** More languages than papers are analysed in. */
const MAX_LANGUAGES = 100;

/**
 * What searches need to know of all papers, in one request.
 * @param index of a snapshot, refreshed.
 */
export async function computeStatistics(client: ClusterClient, index: string): Promise<Statistics> {
  const references = numberPath(countField('references'));
  const citations = numberPath(countField('citations'));
  const { hits, aggregations = {} } = await client.search(index, {
    size: 0,
    aggs: {
      withoutAbstract: { filter: { bool: { must_not: { term: { [flagsPath('has')]: 'abstract' } } } } },
      languages: { terms: { field: LANGUAGE, size: MAX_LANGUAGES, shard_size: MAX_LANGUAGES } },
      citing: { filter: { range: { [references]: { gt: 0 } } } },
      cited: { filter: { range: { [citations]: { gt: 0 } } } },
      references: { sum: { field: references } },
      resolved: { sum: { field: citations } },
      ...Object.fromEntries(
        TEXT_FIELDS.map((name) => [lengthPath(name), { sum: { field: lengthPath(name) } }]),
      ),
      ...Object.fromEntries(
        CONTENT_PARTS.map((part) => [contentPath(part), { sum: { field: contentPath(part) } }]),
      ),
    },
  });
  const papers = hits.total!.value;
  const sumOf = (name: string): number => aggregations[name].value;
  const lengths = Object.fromEntries(TEXT_FIELDS.map((name) => [name, sumOf(lengthPath(name))])) as Record<
    TextField,
    number
  >;
  const buckets: { key: Language; doc_count: number }[] = aggregations.languages.buckets;
  const byLanguage = new Map(buckets.map(({ key, doc_count }) => [key, doc_count]));
  const resolved = sumOf('resolved');
  return {
    counts: { papers, withoutAbstract: aggregations.withoutAbstract.doc_count },
    citations: {
      citing: aggregations.citing.doc_count,
      cited: aggregations.cited.doc_count,
      references: sumOf('references'),
      resolved,
      unresolved: Math.max(0, sumOf('references') - resolved),
    },
    lengths,
    meanLength: meanOf(lengths, papers),
    languages: inOrder(byLanguage),
    corpusDigest: digestOf([papers, ...CONTENT_PARTS.map((part) => sumOf(contentPath(part)))]),
  };
}

/** The same as `meanLength` of scoring.ts over the lengths of all papers. */
function meanOf(lengths: Readonly<Record<TextField, number>>, papers: number): number {
  const weights = lengthWeights();
  const sum = TEXT_FIELDS.reduce((total, name) => total + weights[name] * lengths[name], 0);
  return sum > 0 ? sum / papers : 1;
}

/** As `languagesOf` has them: English even where no paper is in it. */
function inOrder(papers: ReadonlyMap<Language, number>): Language[] {
  const others = OTHER_LANGUAGES.filter((language) => papers.has(language));
  const countOf = (language: Language) => papers.get(language) ?? 0;
  return [...ENGLISH_ONLY, ...others].sort((a, b) => countOf(b) - countOf(a));
}

function digestOf(sums: readonly number[]): string {
  return createHash('sha256').update(JSON.stringify(sums)).digest('hex');
}
