import type { Paper } from '../../papers/paper.ts';
import type { TextCondition } from '../../query/ast.ts';
import { misspeltWords } from '../../search/fallback.ts';
import { countedIn } from '../../search/suggest/count-corpus.ts';
import { MAX_READ, nearestWordIn } from '../../search/suggest/nearest-word.ts';
import { Speller, type SpellingProposal } from '../../search/suggest/speller.ts';
import { SEPARATOR, SpellingCounts } from '../../search/suggest/spelling-counts.ts';
import { Vocabulary } from '../../search/suggest/vocabulary.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import { hitsInOrder } from '../match/pages.ts';
import { term } from '../match/queries.ts';
import { resolveSelection } from '../match/selection-query.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { KnownVocabulary } from '../search/vocabulary.ts';
import { similarWords } from './similar-words.ts';

/** Papers that are read to see how most of them write a word. */
const MAX_SPELLED = 200;
/** Shorter words have one edit. */
const TWO_EDITS_FROM = 8;
const NO_SPAN = { start: 0, end: 0 };

/**
 * The query with words replaced that no paper has: the cluster finds words near to those that may be misspelt, and the
 * rules of `Speller` choose among them. See `proposeSpelling`.
 */
export async function proposeSpellingIn(
  query: string,
  cluster: ClusterCorpus,
): Promise<SpellingProposal | undefined> {
  const unknown = await cluster.lookups.resolve((known) =>
    misspeltWords(query, new KnownVocabulary(known, cluster)),
  );
  if (unknown.length === 0) return undefined;
  const words = [...new Set(unknown.map(({ folded }) => folded))];
  const near = await similarWords(
    words.map((word) => ({ word, edits: word.length < TWO_EDITS_FROM ? 1 : 2 })),
    cluster,
  );
  const papers = new Map(near.flat().map((each) => [each.word, each.papers]));
  const unspelt = await spellerOf(papers, new Map(), cluster);
  const chosen = words.map((word) => unspelt.correct(word));
  const found = chosen.flatMap((word) => (word === undefined ? [] : [word]));
  const speller = await spellerOf(papers, await spellingsOf(found, cluster), cluster);
  const inTexts = await readNear(
    words.filter((_, i) => chosen[i] === undefined),
    cluster,
  );
  const asked = new Set(unknown.map(({ text }) => text));
  return speller.didYouMean(query, {
    knows: (_, written) => !asked.has(written),
    near: (word, edits) => inTexts.get(`${edits} ${word}`),
  });
}

/** A speller that knows a few words. @param spellings how most papers write them. Default: as they are folded. */
async function spellerOf(
  papers: ReadonlyMap<string, number>,
  spellings: ReadonlyMap<string, string>,
  { meta }: Pick<ClusterCorpus, 'meta'>,
): Promise<Speller> {
  const counts = new SpellingCounts();
  for (const [word, count] of papers) {
    counts.addCounted(word + SEPARATOR + (spellings.get(word) ?? word), count, '');
  }
  return new Speller(new Vocabulary(await counts.counted()), meta.counts.papers);
}

/** How most papers write words in their titles, authors and keywords. */
async function spellingsOf(
  words: readonly string[],
  cluster: ClusterCorpus,
): Promise<ReadonlyMap<string, string>> {
  const spelled = await Promise.all(
    [...new Set(words)].map(async (word) => {
      const counts = new SpellingCounts();
      for (const paper of await firstPapers(term('suggest.words', word), MAX_SPELLED, cluster)) {
        const spelling = countedIn(paper).words.get(word);
        if (spelling !== undefined) counts.add(paper.id, new Map([[word, spelling]]));
      }
      const [counted] = await counts.counted();
      return [word, counted?.spelling ?? word] as const;
    }),
  );
  return new Map(spelled);
}

/** The words of titles and abstracts that are nearest to misspelt ones, by the number of edits and the word. */
async function readNear(
  words: readonly string[],
  cluster: ClusterCorpus,
): Promise<ReadonlyMap<string, string | undefined>> {
  const asked = words.flatMap(
    (word) =>
      (word.length < TWO_EDITS_FROM
        ? [[word, 1]]
        : [
            [word, 1],
            [word, 2],
          ]) as [string, 1 | 2][],
  );
  const found = await Promise.all(
    asked.map(async ([word, edits]) => {
      const condition: TextCondition = { kind: 'fuzzy', field: undefined, text: word, edits, span: NO_SPAN };
      const papers = await firstPapers(await resolveSelection({ condition }, cluster), MAX_READ, cluster);
      return [`${edits} ${word}`, nearestWordIn(papers, word, edits)] as const;
    }),
  );
  return new Map(found);
}

async function firstPapers(query: ClusterQuery, limit: number, cluster: ClusterCorpus): Promise<Paper[]> {
  const papers: Paper[] = [];
  for await (const { _source } of hitsInOrder('index', query, { limit }, cluster, ['paper'])) {
    papers.push(_source.paper!);
  }
  return papers;
}
