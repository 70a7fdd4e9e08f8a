import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRun, parseRun, type Run, readRun, writeRun } from '../../../src/quality/evaluate/run.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const idsOf = (run: Run, query: string) => run.get(query)?.map(({ id }) => id);

describe('reading as trec_eval does', () => {
  test.each([
    ['by score, not by rank or line', ['q Q0 a 1 0.5 t', 'q Q0 b 2 0.9 t'], ['b', 'a']],
    ['ties by id, descending', ['q Q0 a 1 1 t', 'q Q0 c 2 1 t', 'q Q0 b 3 1 t'], ['c', 'b', 'a']],
    ['ids are texts: 9 is after 10', ['q Q0 9 1 1 t', 'q Q0 10 2 1 t'], ['9', '10']],
    [
      'ids by bytes, not by UTF-16',
      ['q Q0 \u{ff21} 1 1 t', 'q Q0 \u{1d400} 1 1 t'],
      ['\u{1d400}', '\u{ff21}'],
    ],
    ['scores in any notation', ['q Q0 a 1 -1e-3 t', 'q Q0 b 1 .5 t', 'q Q0 c 1 -7 t'], ['b', 'a', 'c']],
    ['tabs, several blanks, what follows the tag', ['q\tQ0  a\t1 2 t more'], ['a']],
    ['blanks in ids', ['q Q0 a%20b 1 2 t', 'q Q0 100%25 1 1 t'], ['a b', '100%']],
    ['other escapes are part of the id', ['q Q0 10.1/x%3Cy 1 1 t'], ['10.1/x%3Cy']],
  ])('%s', (_, lines, expected) => {
    expect(idsOf(parseRun(`${lines.join('\r\n')}\n\n`, 'f').run, 'q')).toEqual(expected);
  });

  test('separates queries whatever the order of lines, and takes the last tag', () => {
    const { run, tag } = parseRun('q Q0 a 1 1 one\nr Q0 a 1 1 one\nq Q0 b 2 2 two\n', 'f');
    expect(idsOf(run, 'q')).toEqual(['b', 'a']);
    expect(idsOf(run, 'r')).toEqual(['a']);
    expect(tag).toBe('two');
  });

  test.each([
    ['q Q0 a 1 0.5', /expected query id, Q0, paper id, rank, score and tag/],
    ['q Q0 a 1 high t', /expected a number as the score, not "high"/],
    ['q Q0 a 1 NaN t', /expected a number/],
    ['q Q0 a 1 Infinity t', /expected a number/],
    ['q Q0 a 3 0.1 t', /paper "a" is ranked twice for query "q"/],
  ])('refuses %o and names file and line', (line, message) => {
    const parse = () => parseRun(`q Q0 a 1 1 t\n\n${line}\n`, 'some.run');
    expect(parse).toThrow(/^some\.run, line 3: /);
    expect(parse).toThrow(message);
    expect(parse).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', details: { file: 'some.run', line: 3 } }),
    );
  });
});

describe('writing', () => {
  test('writes one line a paper', () => {
    const run: Run = new Map([
      [
        'q 1',
        [
          { id: 'a b', score: 0.75 },
          { id: '50%', score: -2 },
        ],
      ],
    ]);
    expect(formatRun(run, 'my run')).toBe('q%201 Q0 a%20b 1 0.75 my%20run\nq%201 Q0 50%25 2 -2 my%20run\n');
  });

  test('keeps the order when it is read again, with ties or without', () => {
    const ranking = fc
      .uniqueArray(fc.string({ minLength: 1, unit: 'binary' }), { maxLength: 8 })
      .chain((ids) =>
        fc
          .array(fc.constantFrom(-3, 0, 0.25, 0.2500000001, 40), {
            minLength: ids.length,
            maxLength: ids.length,
          })
          .map((scores) => scores.sort((a, b) => b - a))
          .map((scores) => ids.map((id, index) => ({ id, score: scores[index]! }))),
      );
    fc.assert(
      fc.property(ranking, (papers) => {
        const { run } = parseRun(formatRun(new Map([['q', papers]]), 't'), 'f');
        expect(idsOf(run, 'q') ?? []).toEqual(papers.map(({ id }) => id));
        // A reader with 32-bit floats sees the same order.
        const read = Float32Array.from(run.get('q') ?? [], ({ score }) => score);
        expect(read).toEqual(Float32Array.from(new Set(read)).sort().reverse());
      }),
    );
  });
});

test('writes and reads files', async () => {
  const file = join(await temporaryFolder(), 'a.run');
  const run: Run = new Map([['q', [{ id: 'a', score: 1 }]]]);
  await writeRun(file, run, 't');
  expect(await readRun(file)).toEqual({ tag: 't', run });
});

test.each([
  ['reading', 'NO_INPUT', () => readRun('nowhere/a.run')],
  ['writing', 'BAD_REQUEST', () => writeRun('nowhere/a.run', new Map(), 't')],
])('%s: names the file that fails', async (_, code, use) => {
  await expect(use()).rejects.toMatchObject({
    code,
    message: expect.stringContaining('nowhere/a.run'),
  });
});
