import { existsSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fetchPapers } from '../../../src/ingest/fetch/fetch-papers.ts';
import { xml } from '../../support/fake-service.ts';
import { arxivOfFive, setUp } from '../../support/fetching.ts';
import { arxivFeed } from '../../support/service-pages.ts';

describe('folders', () => {
  const one = () => xml(arxivFeed(['2402.00001'], 1));

  test('have names that say what is in them, one a selection', async () => {
    const { options, data } = await setUp(one);
    const first = await fetchPapers('arxiv', { query: 'ti:"a/b" ../c' }, options);
    const second = await fetchPapers('arxiv', { query: 'ti:"a/b" ../d' }, options);
    expect(first.folder).toMatch(/ti-a-b-\.\.-c-[0-9a-f]{8}$/);
    expect(second.folder).not.toBe(first.folder);
    expect((await readdir(join(data, 'arxiv'))).filter((name) => !name.startsWith('.'))).toHaveLength(2);
  });

  test('may be named, and hold one selection then too', async () => {
    const { options, data } = await setUp(one);
    const named = { ...options, name: 'mine' };
    const { folder } = await fetchPapers('arxiv', { query: 'a' }, named);
    expect(folder).toBe(join(data, 'arxiv', 'mine'));
    await expect(fetchPapers('arxiv', { query: 'b' }, named)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test.each(['../mine', '.mine', 'a/b', ''])('refuses %j as a name', async (name) => {
    const { options, service } = await setUp(one);
    await expect(fetchPapers('arxiv', { query: 'a' }, { ...options, name })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(service.seen).toEqual([]);
  });

  test.each([
    ['no JSON', '{"version":'],
    ['another form', '{"version":2}'],
    [
      'a file elsewhere',
      JSON.stringify({
        version: 1,
        service: 'arxiv',
        selection: { query: 'a' },
        pages: [{ file: '../../precious.json' }],
      }),
    ],
  ])('with a damaged state are left alone: %s', async (_, state) => {
    const { options, data, service } = await setUp(one);
    const folder = join(data, 'arxiv', 'mine');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '.fetch.json'), state);
    await expect(fetchPapers('arxiv', { query: 'a' }, { ...options, name: 'mine' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('damaged'),
    });
    expect(service.seen).toEqual([]);
  });

  test('are locked while a fetch runs', async () => {
    const { options, data } = await setUp((request) => {
      expect(existsSync(join(data, 'arxiv', '.fetch.lock'))).toBe(true);
      return arxivOfFive(request);
    });
    await fetchPapers('arxiv', { query: 'a' }, options);
    expect(existsSync(join(data, 'arxiv', '.fetch.lock'))).toBe(false);
  });

  test('are left to another fetch that runs', async () => {
    const { options, data, service, progress } = await setUp(one);
    await mkdir(join(data, 'arxiv', '.fetch.lock'), { recursive: true });
    await expect(fetchPapers('arxiv', { query: 'a' }, options)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      message: expect.stringContaining('Another fetch from arxiv'),
    });
    expect(service.seen).toEqual([]);
    expect(progress).toEqual([{ kind: 'notice', message: expect.stringContaining('waiting') }]);
  });

  test('are taken over from a fetch that was killed', async () => {
    const { options, data } = await setUp(one);
    const lock = join(data, 'arxiv', '.fetch.lock');
    await mkdir(lock, { recursive: true });
    const longAgo = new Date('2020-01-01');
    await utimes(lock, longAgo, longAgo);
    expect(await fetchPapers('arxiv', { query: 'a' }, options)).toMatchObject({ papers: 1 });
  });

  test('throw an error that says so when they cannot be written', async () => {
    const { options, data } = await setUp(one);
    await writeFile(join(data, 'arxiv'), 'a file in the way');
    await expect(fetchPapers('arxiv', { query: 'a' }, options)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      message: expect.stringContaining('Cannot write'),
    });
  });
});
