import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectReader, READERS } from '../../../src/papers/read/formats.ts';
import { HEAD_LENGTH } from '../../../src/papers/read/reader.ts';
import { FIXTURES, fixtureNames } from '../../support/fixtures.ts';
import { readAll } from '../../support/lines.ts';

/** The reader that each fixture is for. */
const FORMATS: Record<string, string> = {
  '2031.toy.xml': 'acl-anthology',
  'P19.xml': 'acl-anthology',
  'arxiv-query.atom': 'arxiv-atom',
  'arxiv-snapshot.jsonl': 'arxiv-snapshot',
  'corpus.jsonl': 'beir',
  'crossref.json': 'crossref',
  'csl.json': 'csl-json',
  'export.ris': 'ris',
  'fremd.csv': 'csv',
  'iclr-2031-orals-posters.json': 'virtual-site',
  'iclr2031.json': 'conference-list',
  'worms.nbib': 'medline',
  'pubmed.xml': 'pubmed-xml',
  'endnote.xml': 'endnote-xml',
  'google.enw': 'endnote-tagged',
  'savedrecs.txt': 'web-of-science',
  'refworks.txt': 'refworks',
  'ovid.txt': 'ovid',
  'worms.mods': 'mods',
  'zotero.rdf': 'zotero-rdf',
  'dblp.xml': 'dblp-xml',
  'article.nxml': 'jats',
  'arxiv.rss': 'rss',
  'unixref.xml': 'crossref-xml',
  'dublin-core.xml': 'dublin-core',
  'datacite.json': 'datacite',
  'europepmc.json': 'europe-pmc',
  'biorxiv.json': 'biorxiv',
  'inspire.json': 'inspire',
  'zotero-items.json': 'zotero-json',
  'daily_papers.json': 'daily-papers',
  'arxiv-mailing.txt': 'arxiv-mailing',
  'cvf.html': 'proceedings-page',
  'paper-page.html': 'proceedings-page',
  'library.bib': 'bibtex',
  'oai-arxiv.xml': 'oai-pmh',
  'openalex.json': 'openalex',
  'openreview-v1.json': 'openreview',
  'openreview-v2.json': 'openreview',
  'papers.json': 'jsonl',
  'papers.jsonl': 'jsonl',
  's2-abstracts.jsonl': 'semantic-scholar',
  's2-graph.json': 'semantic-scholar',
  's2-papers.jsonl': 'semantic-scholar',
  'scopus.csv': 'csv',
  'session.html': 'session-page-html',
  'session.txt': 'session-page',
  'tabelle.tsv': 'csv',
};

const textOf = (name: string) => readFileSync(join(FIXTURES, name), 'utf8').replace(/^\ufeff/, '');

test('every format has a fixture, and every fixture a format', () => {
  expect(Object.keys(FORMATS).sort()).toEqual(fixtureNames);
  expect([...new Set(Object.values(FORMATS))].sort()).toEqual(READERS.map(({ format }) => format).sort());
});

describe('detection', () => {
  test.each(Object.entries(FORMATS))('%s is %s and nothing else', (name, format) => {
    const text = textOf(name);
    const found = READERS.filter((reader) => reader.detect(text, name)).map((reader) => reader.format);
    // `jsonl` takes any JSON with titles, but comes after the formats that know theirs.
    // and any page of the Web may be a session page.
    const general = ['jsonl', 'session-page-html'];
    expect(found.filter((each) => each === format || !general.includes(each))).toEqual([format]);
    expect(detectReader(text, name)?.format).toBe(format);
    expect(detectReader(text.replaceAll('\n', '\r\n'), name)?.format).toBe(format);
  });

  test.each(Object.entries(FORMATS).filter(([name]) => !/\.(?:csv|tsv)$/.test(name)))(
    'recognizes %s by its content alone',
    (name, format) => {
      expect(detectReader(textOf(name), '-')?.format).toBe(format);
    },
  );

  test('recognizes a first record longer than the head by its first members', () => {
    const references = Array.from({ length: 5000 }, (_, i) => `https://openalex.org/W${i}`);
    const work = { id: 'https://openalex.org/W1', title: 'T', authorships: [], references };
    const [lines, array] = [JSON.stringify(work), JSON.stringify([work])];
    expect(lines.length).toBeGreaterThan(HEAD_LENGTH);
    for (const text of [lines, array]) {
      expect(detectReader(text.slice(0, HEAD_LENGTH), '-')?.format).toBe('openalex');
    }
  });

  test.each([
    ['prose', 'This is a file of words, and nothing else.\nIt has two lines.'],
    ['a program', '@decorator(argument, other)\ndef function():\n    return {"title": 1}\n'],
    ['settings', '{"name": "x", "version": "1.0.0", "dependencies": {"a": "1"}}'],
    ['relevance judgements', 'query-id\tcorpus-id\tscore\n1\t2\t1\n'],
    ['another XML', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><title>T</title></svg>'],
    ['bytes', '\u0000\u0001\ufffd\ufffd{\u0000'],
  ])('does not recognize a format in %s', (_name, text) => {
    expect(detectReader(text, 'file.dat')).toBeUndefined();
  });
});

describe('damage', () => {
  test.each(Object.entries(FORMATS))('%s, cut anywhere, is read without an error', async (name, format) => {
    const reader = READERS.find((each) => each.format === format)!;
    const text = textOf(name);
    const whole = (await readAll(reader, text, { year: 2031 })).length;
    for (let end = 0; end < text.length; end += 50) {
      const items = await readAll(reader, text.slice(0, end), { year: 2031 });
      // Nothing is made up: at most one more notice than the whole has, about the place of the cut.
      expect(items.length).toBeLessThanOrEqual(whole + 1);
    }
  });

  test.each(Object.entries(FORMATS))('%s can be read by another reader without an error', async (name) => {
    const text = textOf(name);
    for (const reader of READERS) await expect(readAll(reader, text)).resolves.toBeDefined();
  });
});
