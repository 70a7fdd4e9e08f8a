import { expect, test } from 'vitest';
import { readerOf } from '../../src/papers/read/formats.ts';
import { idsInUrls } from '../../src/papers/read/links.ts';
import { plainText } from '../../src/papers/read/markup.ts';
import { listsNames } from '../../src/papers/read/session-page/names.ts';
import { exportPapers } from '../../src/papers/write/formats.ts';
import { sentencesOf } from '../../src/text/sentences.ts';
import { readAll } from '../support/lines.ts';
import { paperOf } from '../support/papers.ts';
import { withinPatience } from '../support/within-patience.ts';

/** If work grows with the square of the length, this many take minutes. */
const LENGTH = 300_000;
const many = (unit: string) => unit.repeat(LENGTH / unit.length);
const detect = (format: string) => (head: string) => readerOf(format).detect(head, 'a.txt');

test.each<[string, (text: string) => unknown, string]>([
  ['short sentences', sentencesOf, many('a\n\n')],
  ['a heading that does not end', plainText, `<b>abstract${many('\t')}<`],
  ['addresses in an address', (text) => idsInUrls(text), `${many('arxiv.org/abs/')} x`],
  ['blanks without a dot between them', listsNames, `x${many(' ')}x`],
  ['blanks behind a brace', detect('bibtex'), `@a{${many('\t')}(`],
  ['line ends of other kinds', detect('bibtex'), many('\r')],
  ['braces', detect('jsonl'), many('{')],
  [
    'proceedings of proceedings',
    (venue) => exportPapers([paperOf({ title: 'A', venue })], 'bibtex'),
    many('proceedings of the journal '),
  ],
])('%s', (_what, run, text) => {
  expect(() => withinPatience(() => run(text))).not.toThrow();
});

test('reads an invitation of many groups', async () => {
  const note = { id: 'x', forum: 'x', invitation: `${many('/-/')}\n/-/`, content: { title: 'A' } };
  const items = await readAll(readerOf('openreview'), JSON.stringify({ notes: [note] }));
  expect(items).toMatchObject([{ kind: 'paper' }]);
});
