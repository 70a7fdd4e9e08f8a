import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClusterDocument,
  documentOf,
  paperOf,
  segmentOf,
  shownPaperOf,
  vectorOf,
} from '../../../src/cluster/store/document.ts';
import { indexMapping, KEPT_MEMBERS } from '../../../src/cluster/store/mapping.ts';
import { surfacesPath, wordsPath } from '../../../src/cluster/store/paths.ts';
import { ALTERNATIVE, END, GAP } from '../../../src/cluster/store/stored-texts.ts';
import { analyzedFields } from '../../../src/indexes/keyword/analyzed-fields.ts';
import { FIELD_GAP, PositionReader } from '../../../src/indexes/keyword/bm25/positions.ts';
import type { Segment } from '../../../src/indexes/keyword/bm25/segment.ts';
import { SegmentBuilder } from '../../../src/indexes/keyword/bm25/segment-builder.ts';
import { TermDictionary } from '../../../src/indexes/keyword/bm25/term-dictionary.ts';
import { TEXT_FIELDS } from '../../../src/papers/fields.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { tokenize } from '../../../src/text/tokenizer.ts';
import { paperOf as made } from '../../support/papers.ts';
import { segmentBytes } from '../../support/segment-bytes.ts';
import { wildPapers } from '../../support/wild-papers.ts';

/** Analysing hostile texts takes its time. */
const RUNS = { numRuns: 15 };
const ARRIVAL = { added: Date.parse('2026-01-02T03:04:05Z'), changed: Date.parse('2026-02-03T04:05:06Z') };
const VECTOR = Float32Array.from([0.6, -0.8, 0.1 + 0.2, 1e-20]);
/** Lucene takes no longer terms. */
const MAX_TERM_BYTES = 32_766;

/** A paper with an id as its title, unless it has another. */
const paper = (id: string, fields: Partial<Paper> = {}) => made({ id, title: id, ...fields });

/** As the cluster returns it. */
function stored(given: Paper): ClusterDocument & Record<string, never> {
  const document = documentOf(given, { vector: VECTOR, records: [{ any: 'thing' }], arrival: ARRIVAL });
  return JSON.parse(JSON.stringify(document));
}

function valueAt(document: ClusterDocument, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
}

/** A stream as the analyzer of the cluster reads it: words with their positions. */
function wordsOf(stream: string): { word: string; position: number }[] {
  return stream.split(' ').flatMap((place, position) =>
    place
      .split('\u0003')
      .filter((word) => word !== GAP && word !== END)
      .map((word) => ({ word, position })),
  );
}

/** All terms of a segment of one paper: `field term position`, the marks of languages and spellings left out. */
function postingsOf(segment: Segment): string[] {
  const terms = new TermDictionary(segment);
  const reader = new PositionReader(segment);
  const found: string[] = [];
  for (let number = 0; number < terms.size; number++) {
    const term = terms.term(number);
    if (/^\p{Cc}/u.test(term)) continue;
    for (
      let posting = segment.firstPosting[number]!;
      posting < segment.firstPosting[number + 1]!;
      posting++
    ) {
      reader.read(posting);
      let field = 0;
      for (const [i, position] of reader.positions.entries()) {
        while (i >= reader.ends[field]!) field++;
        found.push(`${TEXT_FIELDS[field]} ${term} ${position}`);
      }
    }
  }
  return found.sort();
}

/** The same from the streams of a document. */
function postingsOfStreams(given: Paper, document: ClusterDocument): string[] {
  let base = 0;
  const found: string[] = [];
  for (const { name, texts } of analyzedFields(given)) {
    const streams = (valueAt(document, wordsPath(name)) as string[] | undefined) ?? [];
    let next = 0;
    for (const { text, tokens } of texts) {
      if (tokenize(text).length > 0) {
        for (const { word, position } of wordsOf(streams[next++]!))
          found.push(`${name} ${word} ${base + position}`);
      }
      base += Math.max(0, ...tokens.map(({ position }) => position)) + FIELD_GAP;
    }
    expect(streams).toHaveLength(next);
  }
  return found.sort();
}

function segmentFrom(given: Paper): Segment {
  const builder = new SegmentBuilder();
  builder.add(given);
  return builder.finish();
}

/** All texts of a document that Lucene makes terms of. */
function* termsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield* value.split(' ').flatMap((place) => place.split(ALTERNATIVE));
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) yield* termsIn(each);
}

/** Paths of a document that a mapping does not have. */
function unmapped(
  document: object,
  properties: Record<string, { enabled?: boolean; properties?: Record<string, never> }>,
): string[] {
  return Object.entries(document).flatMap(([name, value]) => {
    const own = properties[name];
    if (!own) return [name];
    if (!own.properties) return [];
    return unmapped(value, own.properties).map((inside) => `${name}.${inside}`);
  });
}

const wildPaper = wildPapers.filter(({ length }) => length > 0).map(([first]) => first!);

describe('a document', () => {
  test('has the paper, its records, its vector and its segment, and nothing of them is lost', () => {
    fc.assert(
      fc.property(wildPaper, (given) => {
        const document = stored(given);
        expect(paperOf(document)).toEqual(JSON.parse(JSON.stringify(given)));
        expect(document.records).toEqual([{ any: 'thing' }]);
        expect(vectorOf(document)).toEqual(VECTOR);
        expect(segmentBytes(segmentOf(document))).toBe(segmentBytes(segmentFrom(given)));
      }),
      RUNS,
    );
  });

  test('has the words at the positions of the embedded index', () => {
    fc.assert(
      fc.property(wildPaper, (given) => {
        expect(postingsOfStreams(given, stored(given))).toEqual(postingsOf(segmentOf(stored(given))));
      }),
      RUNS,
    );
  });

  test('has words and surfaces of as many positions, so that conditions can mix them', () => {
    fc.assert(
      fc.property(wildPaper, (given) => {
        const document = stored(given);
        for (const name of TEXT_FIELDS) {
          const lengths = (path: string) =>
            ((valueAt(document, path) as string[] | undefined) ?? []).map(
              (stream) => stream.split(' ').length,
            );
          expect(lengths(wordsPath(name))).toEqual(lengths(surfacesPath(name)));
        }
      }),
      RUNS,
    );
  });

  test('has only members that the mapping has', () => {
    const { properties } = indexMapping(4, {}) as { properties: Parameters<typeof unmapped>[1] };
    fc.assert(
      fc.property(wildPaper, (given) => {
        expect(unmapped(stored(given), properties)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('has no term that Lucene refuses, whatever is in the paper', () => {
    const long = 'w'.repeat(40_000);
    const document = stored(
      paper('x'.repeat(40_000), {
        title: `${long} ﷺ a\u0002b\u0003c`,
        abstract: long,
        authors: [long, `${long} Müller`],
        keywords: [long, 'é'.repeat(30_000)],
        venue: long,
        categories: [long],
        session: { name: `${long} of a day` },
        externalIds: { doi: `10.1000/${long}` },
        urls: { landing: `https://example.org/${long}` },
      }),
    );
    const indexed = Object.fromEntries(
      Object.entries(document).filter(([name]) => !KEPT_MEMBERS.some((kept) => kept === name)),
    );
    for (const term of termsIn(indexed)) {
      expect(Buffer.byteLength(term)).toBeLessThan(MAX_TERM_BYTES);
      expect(term).not.toBe('');
    }
    expect(paperOf(document).title).toContain(long);
  });
});

test('has several terms at one position for a compound, and a gap for a stop word', () => {
  const document = stored(paper('a', { title: 'The state-of-the-art of self-improvement' }));
  expect(valueAt(document, 'words.title')).toEqual([
    '\u0002 state\u0003stateoftheart \u0002 \u0002 art \u0002 self\u0003selfimprov improv',
  ]);
  expect(valueAt(document, 'surfaces.title')).toEqual([
    'the state\u0003stateoftheart\u0003stateof of\u0003ofthe the\u0003theart art of self\u0003selfimprovement improvement',
  ]);
  expect(document.spellings).toEqual([
    'stateoftheart\u0001state-of-the-art\u00011',
    'selfimprov\u0001self-improvement\u00011',
  ]);
});

test('ends the terms of a text that ends with stop words, and leaves out values without words', () => {
  const document = stored(paper('a', { keywords: ['what it is', '—', 'search'] }));
  expect(valueAt(document, 'words.keywords')).toEqual([`${GAP} ${GAP} ${END}`, 'search']);
  expect(valueAt(document, 'surfaces.keywords')).toEqual(['what it is', 'search']);
});

test('has no words of an empty abstract, and says that there is none', () => {
  const document = stored(paper('a', { abstract: '' }));
  expect(valueAt(document, 'words.abstract')).toBeUndefined();
  expect(document.has).toEqual([]);
  expect(stored(paper('a', { abstract: 'Text.' })).has).toEqual(['abstract']);
});

test('has values by their keys, with how they are written', () => {
  const document = stored(
    paper('a', {
      keywords: ['Language Models', 'language model', 'Éa'],
      session: { name: 'Poster Session A' },
    }),
  );
  expect(valueAt(document, 'values.keyword')).toEqual(['language model', 'ea']);
  expect(valueAt(document, 'shown.keyword')).toEqual(['language model\u0001Language Models', 'ea\u0001Éa']);
  expect(valueAt(document, 'within.session')).toEqual(['poster\u0003session\u0003a']);
});

test('has people by the words of their names', () => {
  const document = stored(paper('a', { authors: ['Wen, Ji-Rong', 'J. Smith'] }));
  expect(document.people).toEqual(['ji rong wen', 'j smith']);
  expect(document.peopleByWord).toEqual([
    'ji\u0001ji rong wen',
    'rong\u0001ji rong wen',
    'wen\u0001ji rong wen',
    '=jirongwen\u0001ji rong wen',
    'smith\u0001j smith',
    '=jsmith\u0001j smith',
  ]);
});

test('leaves numbers out that a paper does not have, but not counts', () => {
  const without = stored(paper('a', { year: undefined, date: undefined }));
  expect(without.numbers).toEqual({ citations: 0, references: 0, ...ARRIVAL });
  const { numbers } = stored(
    paper('a', { year: 2024, references: ['doi:10.1000/1', 'doi:10.1000/1', 'W2'] }),
  );
  expect(numbers).toEqual({ year: 2024, day: 20_240_101, citations: 0, references: 2, ...ARRIVAL });
});

test('shows readers when the paper came in', () => {
  const { added, changed } = shownPaperOf(stored(paper('a')));
  expect([added, changed]).toEqual(['2026-01-02T03:04:05.000Z', '2026-02-03T04:05:06.000Z']);
});

test('takes no vector of zeros to search by', () => {
  const document = documentOf(paper('a'), { vector: new Float32Array(4), records: [], arrival: ARRIVAL });
  expect(document.vector).toBeUndefined();
  expect(vectorOf(document as { vectorBytes: string })).toEqual(new Float32Array(4));
});

test.each([
  ['paper', () => paperOf({})],
  ['segment', () => segmentOf({ segment: Buffer.from('nonsense').toString('base64') })],
  ['vectorBytes', () => vectorOf({ vectorBytes: 'AAA=' })],
])('says that a document without a readable %s is damaged', (part, read) => {
  expect(read).toThrow(`no "${part}"`);
});
