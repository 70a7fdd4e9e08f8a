import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SuggestionSource } from '../../../src/search/suggest/count-corpus.ts';
import { Suggestions } from '../../../src/search/suggest/suggestions.ts';
import { paperOf } from '../../support/papers.ts';

const PAPERS = [
  paperOf({
    id: 'a',
    title: 'Graph Learning with Transformers',
    authors: ['Zoë Müller', 'Grace Hopper'],
    keywords: ['graph learning', 'Transformers'],
  }),
  paperOf({
    id: 'b',
    title: 'Deep Graph Learning',
    authors: ['Zoe Muller', 'Li Wei'],
    keywords: ['Graph Learning'],
  }),
  paperOf({ id: 'c', title: 'Learning a Graph', authors: ['Zoë Müller'], keywords: ['Graph Learning'] }),
  paperOf({ id: 'd', title: 'Speech', authors: ['Grace Hopper'], keywords: ['speech', 'Speech'] }),
  paperOf({ id: 'e', title: 'Speech Recognition: the Transformer’s Way', authors: ['!?'] }),
  paperOf({ id: 'f', title: 'DEEP graph learning', keywords: ['强化学习'] }),
];

const suggestions = await Suggestions.build(PAPERS);
const texts = (text: string, limit = 10, from = suggestions) =>
  from.complete(text, limit).map((suggestion) => suggestion.text);

describe('complete', () => {
  test.each([
    // Values that begin with the text, most papers first; each in its most frequent spelling.
    ['g', ['Graph Learning', 'Grace Hopper', 'Graph Learning with Transformers']],
    ['gra', ['Graph Learning', 'Grace Hopper', 'Graph Learning with Transformers']],
    ['GRAPH l', ['Graph Learning', 'Graph Learning with Transformers', 'DEEP graph learning']],
    ['zoe m', ['Zoë Müller']],
    ['ZOË MÜ', ['Zoë Müller']],
    ['  zoë', ['Zoë Müller']],
    // The value itself comes before longer ones.
    ['speech', ['speech', 'Speech', 'Speech Recognition: the Transformer’s Way']],
    ['speech ', ['speech', 'Speech', 'Speech Recognition: the Transformer’s Way']],
    // A complete word is not read as the beginning of one.
    ['transformer ', ['Speech Recognition: the Transformer’s Way']],
    ['lear ', []],
    // Words inside a value, in any order; next to each other as typed first.
    ['mull', ['Zoë Müller']],
    ['hopper grace', ['Grace Hopper']],
    ['hopper g', ['Grace Hopper']],
    ['with tr', ['Graph Learning with Transformers']],
    ['learning gr', ['Graph Learning', 'DEEP graph learning', 'Learning a Graph']],
    ['deep transformers', []],
    ['graph learning learning', ['Graph Learning', 'DEEP graph learning', 'Learning a Graph']],
    // Typing errors, if nothing matches as typed.
    ['mullet', ['Zoë Müller']],
    ['graph lerning', ['Graph Learning', 'DEEP graph learning', 'Learning a Graph']],
    ['hoper', ['Grace Hopper']],
    ['spech recog', ['Speech Recognition: the Transformer’s Way']],
    ['deap', []],
    ['mulet', []],
    // Other scripts, punctuation and empty text.
    ['强化', ['强化学习']],
    ['化学', ['强化学习']],
    ['!?', []],
    ['', []],
    ['\u0000💥', []],
  ])('%j gives %j', (text, expected) => {
    expect(texts(text, 3).slice(0, Math.max(1, expected.length))).toEqual(expected);
  });

  test('does not complete long text', () => {
    expect(texts('graph '.repeat(50))).not.toEqual([]);
    expect(texts('graph '.repeat(51))).toEqual([]);
  });

  test('returns the kind of each value, and counts a paper once', () => {
    expect(suggestions.complete('speech', 2)).toEqual([
      { kind: 'keyword', text: 'speech', count: 1 },
      { kind: 'title', text: 'Speech', id: 'd' },
    ]);
    expect(suggestions.complete('zoe', 2)).toEqual([{ kind: 'author', text: 'Zoë Müller', count: 3 }]);
  });

  test('merges titles that differ in case, with the first paper of the spelling', () => {
    expect(suggestions.complete('deep graph', 5)).toEqual([
      { kind: 'title', text: 'DEEP graph learning', id: 'f' },
    ]);
  });

  test('returns no more values than the limit, and none for 0', () => {
    expect(texts('g', 2)).toEqual(['Graph Learning', 'Grace Hopper']);
    expect(texts('g', 0)).toEqual([]);
  });

  test('accepts a limit of any size', () => {
    expect(texts('g', 1e12)).toEqual(texts('g'));
  });

  test.each([-1, 1.5, Number.NaN])('rejects the limit %d', (limit) => {
    expect(() => suggestions.complete('g', limit)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
  });

  test('reads papers that arrive one by one', async () => {
    async function* arriving() {
      yield* PAPERS;
    }
    const arrived = await Suggestions.build(arriving());
    expect(texts('g', 10, arrived)).toEqual(texts('g'));
  });

  test('returns nothing for an empty corpus', async () => {
    const empty = await Suggestions.build([]);
    expect(texts('a', 10, empty)).toEqual([]);
    expect(empty.didYouMean('lerning', { knows: () => false })).toBeUndefined();
  });

  test('uses the first papers if there are too many', async () => {
    expect(texts('speech', 10, await Suggestions.build(PAPERS, { mostPapers: 3 }))).toEqual([]);
    expect(texts('speech', 10, await Suggestions.build(PAPERS, { mostPapers: 4 }))).not.toEqual([]);
  });

  test('stops when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(Suggestions.build(PAPERS, { signal })).rejects.toThrow('enough');
  });

  test('lets other work run', async () => {
    let turns = 0;
    const count = setInterval(() => turns++, 0);
    await Suggestions.build(Array.from({ length: 400 }, (_, n) => paperOf({ title: `Title ${n}` })));
    clearInterval(count);
    expect(turns).toBeGreaterThan(1);
  });
});

const WORD = fc.constantFrom('ann', 'anna', 'bell', 'bella', 'belle', 'cat', 'café', 'x');
const NAME = fc.array(WORD, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));

test('finds the values that a scan of all values finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(NAME, { maxLength: 8 }), NAME, fc.nat(12), async (authors, typed, cut) => {
      const text = typed.slice(0, Math.max(1, typed.length - cut)).trimEnd();
      const papers: SuggestionSource[] = authors.map((author, n) => ({
        id: String(n),
        title: '',
        authors: [author],
        keywords: [],
      }));
      const built = await Suggestions.build(papers);
      const plain = (name: string) => name.replace('é', 'e');
      const words = plain(text).split(' ');
      const begun = words.pop()!;
      const expected = new Set(
        authors.map(plain).filter((name) => {
          const own = name.split(' ');
          return words.every((word) => own.includes(word)) && own.some((word) => word.startsWith(begun));
        }),
      );
      const found = built.complete(text, 100).map((suggestion) => plain(suggestion.text));
      if (expected.size > 0) expect(new Set(found)).toEqual(expected);
      expect(new Set(found).size).toBe(found.length);
      const begins = found.map((name) => name.startsWith(plain(text)));
      expect(begins).toEqual([...begins].sort((a, b) => Number(b) - Number(a)));
    }),
    { numRuns: 200 },
  );
});

describe('names and identifiers', async () => {
  const named = await Suggestions.build([
    paperOf({
      id: 'doi:10.1145/364099.364331',
      title: 'Time sharing',
      authors: ['Jeffrey D. Ullman', 'Fernando J. Corbató'],
      externalIds: { doi: '10.1145/364099.364331', acl: 'P19-1001' },
    }),
    paperOf({
      id: 'arxiv:2101.11408',
      title: 'Worms',
      authors: ['Kurt Gödel', 'J. Ullrich'],
      externalIds: { arxiv: '2101.11408' },
    }),
    paperOf({
      id: 'arxiv:2101.20000',
      title: 'Bees',
      authors: ['J. Smith', 'Ullman Jones'],
      externalIds: { arxiv: '2101.20000' },
    }),
    paperOf({ id: 'x', title: 'Ullman joins', authors: ['José Núñez'], year: 2101 }),
  ]);
  const found = (text: string) => texts(text, 10, named);

  test.each([
    ['ullman j', ['Jeffrey D. Ullman', 'Ullman Jones', 'Ullman joins']],
    ['Ullman, J', ['Jeffrey D. Ullman', 'Ullman Jones', 'Ullman joins']],
    ['j ullman', ['Jeffrey D. Ullman', 'Ullman Jones']],
    ['J.D. Ull', ['Jeffrey D. Ullman']],
    ['JD Ullman', ['Jeffrey D. Ullman']],
    ['j. ull', ['J. Ullrich', 'Jeffrey D. Ullman', 'Ullman Jones']],
    ['corbato f', ['Fernando J. Corbató']],
    ['f corbat', ['Fernando J. Corbató']],
    ['goedel', ['Kurt Gödel']],
    ['K. Goedel', ['Kurt Gödel']],
    ['john smith', ['J. Smith']],
    ['nunez j', ['José Núñez']],
    ['x ullman', []],
  ])('%j completes to the names %j', (text, wanted) => {
    expect(found(text).toSorted()).toEqual(wanted.toSorted());
  });

  test.each([
    ['10.1145/36', ['10.1145/364099.364331']],
    ['doi:10.1145/36', ['10.1145/364099.364331']],
    ['https://doi.org/10.1145/36', ['10.1145/364099.364331']],
    ['P19-1', ['P19-1001']],
    ['https://aclanthology.org/P19-1', ['P19-1001']],
    ['2101.1', ['2101.11408']],
    ['2101.', ['2101.11408', '2101.20000']],
    ['arXiv:2101.11408v2', ['2101.11408']],
    ['https://arxiv.org/abs/2101.114', ['2101.11408']],
    // A year is not the beginning of an identifier, nor is a word.
    ['2101', []],
    ['10.1145/36 worms', []],
  ])('%j completes to the identifiers %j', (text, wanted) => {
    expect(found(text)).toEqual(wanted);
  });

  test('an identifier has the paper and its title', () => {
    expect(named.complete('2101.11408', 5)).toEqual([
      { kind: 'identifier', text: '2101.11408', id: 'arxiv:2101.11408', title: 'Worms' },
    ]);
  });
});
