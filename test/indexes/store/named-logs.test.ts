import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { NamedLogs } from '../../../src/indexes/store/named-logs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const Event = z.object({ name: z.string().optional(), deleted: z.boolean().optional() });
type Event = z.infer<typeof Event>;

function logsIn(folder: string, most = 3) {
  return new NamedLogs({
    folder,
    kind: 'list',
    kinds: 'lists',
    most,
    fileOf: (id) => `${id}.log`,
    idOf: (name) => (name.endsWith('.log') ? name.slice(0, -4) : undefined),
    readEvent: (value) => Event.parse(value),
    reader: (id) => (entries) => {
      if (entries.length === 0) return undefined;
      const { name = '', deleted } = Object.assign({}, ...entries.map(({ value }) => value)) as Event;
      return { id, name, ...(deleted && { deletedAt: entries.at(-1)!.at }) };
    },
  });
}

test('lists are sorted by name, and those of another process are seen', async () => {
  const folder = await temporaryFolder();
  const logs = logsIn(folder);
  expect(await logs.create('Zebras', () => [{ name: 'Zebras' }])).toBe('zebras');
  await logsIn(folder).create('Apes', () => [{ name: 'Apes' }]);
  await writeFile(join(folder, 'notes.txt'), 'not a log');
  expect((await logs.list()).map(({ name }) => name)).toEqual(['Apes', 'Zebras']);
});

test('two processes that create one name at once get two ids', async () => {
  const folder = await temporaryFolder();
  const made = ['Apes!', 'Apes?'].map((name) => logsIn(folder).create(name, () => [{ name }]));
  expect((await Promise.all(made)).sort()).toEqual(['apes', 'apes-2']);
});

test('a deleted one gives its name away, and keeps its id and its log', async () => {
  const logs = logsIn(await temporaryFolder());
  await logs.create('Apes', () => [{ name: 'Apes' }]);
  await logs.of('apes').append(() => [{ deleted: true }]);
  expect(await logs.create('Apes', () => [{ name: 'Apes' }])).toBe('apes-2');
  expect((await logs.list(true)).map(({ id }) => id)).toEqual(['apes', 'apes-2']);
  expect((await logs.list()).map(({ id }) => id)).toEqual(['apes-2']);
});

test('a name that another has is refused, and so is one too many', async () => {
  const logs = logsIn(await temporaryFolder(), 1);
  await logs.create('Apes', () => [{ name: 'Apes' }]);
  await expect(logs.expectFree(' APES ')).rejects.toMatchObject({
    code: 'CONFLICT',
    details: { list: 'apes' },
  });
  await expect(logs.expectFree('Apes', 'apes')).resolves.toBeUndefined();
  await expect(logs.create('Mice', () => [{ name: 'Mice' }])).rejects.toThrow('no more than 1');
});

test('an id without a log has nothing, and is not listed', async () => {
  const logs = logsIn(await temporaryFolder());
  expect(await logs.read('apes')).toBeUndefined();
  expect(await logs.list()).toEqual([]);
});
