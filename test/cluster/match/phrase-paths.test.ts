import { describe, expect, test } from 'vitest';
import { pathQuery } from '../../../src/cluster/match/path-query.ts';
import { pathsOf } from '../../../src/cluster/match/phrase-paths.ts';
import { patternOf } from '../../../src/indexes/keyword/text-pattern.ts';

const patternOfText = (text: string, kind: 'phrase' | 'prefix' = 'phrase') =>
  patternOf({ kind, text, field: undefined, span: { start: 0, end: 1 } })!;
const written = (text: string, kind?: 'prefix') =>
  pathsOf(patternOfText(text, kind), () => true, 100)!.map((path) =>
    path
      .map((place) => place.map((query) => ('text' in query ? query.text : query.texts[0])).join('&') || '_')
      .join(' '),
  );

describe('pathsOf', () => {
  test.each<[text: string, paths: string[]]>([
    ['graph', ['graph']],
    ['graph of models', ['graph _ model']],
    ['self improvement', ['self improv', 'selfimprov']],
    ['deep graph model', ['deep graph model', 'deep graphmodel', 'deepgraph model']],
    ['few-shot learning', ['fewshot shot learn', 'fewshot learn', 'fewshot shotlearn']],
    ['15.6% of', ['15.6&15.6%']],
  ])('writes %s in all ways', (text, paths) => {
    expect(written(text).toSorted()).toEqual(paths.toSorted());
  });

  test('asks for no more than the whole word at the end', () => {
    expect(written('few-sho', 'prefix')).toEqual(['fewsho']);
  });

  test('leaves out joined words that no paper has', () => {
    expect(pathsOf(patternOfText('self improvement'), () => false, 100)).toHaveLength(1);
  });

  test('gives up where there are too many ways', () => {
    const text = 'deep graph model '.repeat(5);
    expect(pathsOf(patternOfText(text), () => true, 100)).toBeUndefined();
    expect(pathsOf(patternOfText(text), () => false, 100)).toHaveLength(1);
  });
});

test.each<[text: string, kind: 'phrase' | 'prefix', query: unknown]>([
  ['graph', 'phrase', { term: { 'words.title': 'graph' } }],
  [
    'graph of models',
    'phrase',
    { match_phrase: { 'words.title': { query: 'graph \u0002 model', analyzer: 'stream' } } },
  ],
  [
    'alpha graphs',
    'phrase',
    { match_phrase: { 'words.title': { query: 'alpha\u0003α graph', analyzer: 'stream' } } },
  ],
])('pathQuery asks for %s (%s)', (text, kind, query) => {
  const [path] = pathsOf(patternOfText(text, kind as 'prefix'), () => false, 100)!;
  expect(pathQuery(path!, 'title')).toEqual(query);
});
