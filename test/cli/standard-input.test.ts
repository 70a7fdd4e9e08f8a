import { expect, test } from 'vitest';
import { withInputIds, withInputText } from '../../src/cli/standard-input.ts';

async function* given(text: string) {
  yield Buffer.from(text);
}

test.each<[args: string[], text: string, ids: string[]]>([
  [['a', 'b'], 'c', ['a', 'b']],
  [['-'], 'a\nb\n', ['a', 'b']],
  [['x', '-', 'y'], ' a \r\n\n b', ['x', 'a', 'b', 'y']],
  [['-'], '{"id":"doi:10.1/x","title":"T"}\narxiv:1\n', ['doi:10.1/x', 'arxiv:1']],
  [['-'], '', []],
])('ids of %j and %j', async (args, text, ids) => {
  expect(await withInputIds(args, given(text))).toEqual(ids);
});

test.each([
  ['a\n{"title":"T"}', 2],
  ['{"id":3}', 1],
  ['{', 1],
])('%j: reports a line without an id', async (text, line) => {
  await expect(withInputIds(['-'], given(text))).rejects.toMatchObject({
    code: 'BAD_INPUT',
    details: { line },
    message: expect.stringContaining('--format jsonl'),
  });
});

test('a query keeps its line breaks', async () => {
  expect(await withInputText(['about', '-'], given('two\nlines\n'))).toEqual(['about', 'two\nlines']);
  expect(await withInputText(['no', 'input'], given('x'))).toEqual(['no', 'input']);
});

test('standard input can be read only once', async () => {
  await expect(withInputText(['-', '-'], given('x'))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
