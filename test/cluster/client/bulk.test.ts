import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type BulkItem, type BulkOptions, bulk } from '../../../src/cluster/client/bulk.ts';
import { connect } from '../../../src/cluster/client/connect.ts';
import { type Answer, type Received, scriptedNode } from '../../support/scripted-node.ts';

interface Entry {
  readonly action: string;
  readonly id: string;
  readonly document: unknown;
}

/** The items of a bulk request. */
function entriesOf({ body }: Received): Entry[] {
  const entries: Entry[] = [];
  const lines = body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (let n = 0; n < lines.length; n++) {
    const [action, { _id: id }] = Object.entries<{ _id: string }>(lines[n])[0]!;
    entries.push({ action, id, document: action === 'delete' ? undefined : lines[++n] });
  }
  return entries;
}

type Result = { status: number; result?: string; error?: { type: string; reason: string } };
const CREATED: Result = { status: 201, result: 'created' };
const rejected: Result = { status: 429, error: { type: 'rejected_execution_exception', reason: 'full' } };

/** A cluster that says for every item what became of it, as a function of the item and the number of the request. */
async function answering(resultOf: (entry: Entry, request: number) => Result | Answer) {
  const requests: Entry[][] = [];
  const bytes: number[] = [];
  const node = await scriptedNode((request, n) => {
    const entries = entriesOf(request);
    requests.push(entries);
    bytes.push(Buffer.byteLength(request.body));
    const results = entries.map((entry) => resultOf(entry, n));
    const whole = results.find(
      (result) => typeof result === 'function' || !('result' in result || 'error' in result),
    );
    if (whole) return whole as Answer;
    return { body: { items: entries.map(({ action }, place) => ({ [action]: results[place] })) } };
  });
  const client = await connect({ nodes: [node.url], retries: 0 });
  onTestFinished(() => client.close());
  const acknowledged: [string, string][] = [];
  const write = (items: Iterable<BulkItem> | AsyncIterable<BulkItem>, options: BulkOptions = {}) =>
    bulk(client, items, {
      onAcknowledged: ({ id }, outcome) => acknowledged.push([id, outcome]),
      ...options,
    });
  return { node, write, requests, bytes, acknowledged };
}

const item = (id: string, text = ''): BulkItem => ({
  action: 'index',
  index: 'p',
  id,
  document: { id, text },
});
const items = (count: number, text = '') => Array.from({ length: count }, (_, n) => item(`${n}`, text));
const idsOf = (entries: readonly Entry[]) => entries.map(({ id }) => id);

test('writes items of every kind, with their conditions', async () => {
  const results: Record<string, Result> = {
    a: CREATED,
    b: { status: 200, result: 'updated' },
    c: { status: 404, result: 'not_found' },
    d: { status: 409, error: { type: 'version_conflict_engine_exception', reason: 'older' } },
    e: { status: 200, result: 'noop' },
    f: { status: 200, result: 'deleted' },
  };
  const { write, node, acknowledged } = await answering(({ id }) => results[id]!);
  const report = await write([
    { ...item('a'), when: { version: 7, version_type: 'external_gte' } },
    item('b'),
    { action: 'delete', index: 'p', id: 'c' },
    { ...item('d'), action: 'create' },
    { action: 'update', index: 'p', id: 'e', document: { doc: { x: 1 } } },
    { action: 'delete', index: 'p', id: 'f', when: { if_seq_no: 3, if_primary_term: 1 } },
  ]);
  expect(report).toMatchObject({
    created: 1,
    updated: 1,
    deleted: 1,
    noop: 1,
    not_found: 1,
    conflict: 1,
    requests: 1,
    retried: 0,
  });
  expect(acknowledged).toEqual([
    ['a', 'created'],
    ['b', 'updated'],
    ['c', 'not_found'],
    ['d', 'conflict'],
    ['e', 'noop'],
    ['f', 'deleted'],
  ]);
  expect(
    node.received[0]!.body.split('\n')
      .filter((line) => /_id/.test(line))
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { index: { _index: 'p', _id: 'a', version: 7, version_type: 'external_gte' } },
    { index: { _index: 'p', _id: 'b' } },
    { delete: { _index: 'p', _id: 'c' } },
    { create: { _index: 'p', _id: 'd' } },
    { update: { _index: 'p', _id: 'e' } },
    { delete: { _index: 'p', _id: 'f', if_seq_no: 3, if_primary_term: 1 } },
  ]);
});

test('sends nothing for no items', async () => {
  const { write, requests } = await answering(() => CREATED);
  expect(await write([])).toMatchObject({ requests: 0, created: 0 });
  expect(requests).toEqual([]);
});

describe('requests', () => {
  test('have at most so many bytes, or one item', async () => {
    const { write, bytes, requests } = await answering(() => CREATED);
    const report = await write([...items(20, 'ü'.repeat(50)), item('long', 'x'.repeat(2_000))], {
      maxBytes: 1_000,
    });
    expect(report).toMatchObject({ created: 21, bytes: bytes.reduce((sum, n) => sum + n) });
    expect(Math.max(...bytes.slice(0, -1))).toBeLessThanOrEqual(1_000);
    expect(Math.min(...bytes.slice(0, 2))).toBeGreaterThan(800);
    expect(idsOf(requests.at(-1)!)).toEqual(['long']);
    expect(requests.flatMap(idsOf)).toEqual([...items(20).map(({ id }) => id), 'long']);
  });

  test('have at most so many items', async () => {
    const { write, requests } = await answering(() => CREATED);
    await write(items(7), { maxItems: 3 });
    expect(requests.map(({ length }) => length)).toEqual([3, 3, 1]);
  });

  test('never have two items of one document', async () => {
    const { write, requests } = await answering(() => CREATED);
    await write([item('a', '1'), item('b'), item('a', '2'), { action: 'delete', index: 'p', id: 'a' }]);
    expect(requests.map(idsOf)).toEqual([['a', 'b'], ['a'], ['a']]);
  });

  test('run one after the other, while the next items are read', async () => {
    let open: (() => void) | undefined;
    let read = 0;
    const { write, requests } = await answering((entry, n) =>
      n > 0
        ? CREATED
        : (response) => {
            open = () => {
              response.setHeader('content-type', 'application/json');
              response.end(
                JSON.stringify({ items: [{ [entry.action]: CREATED }, { [entry.action]: CREATED }] }),
              );
            };
          },
    );
    const source = function* () {
      for (const each of items(6)) {
        read++;
        yield each;
      }
    };
    const running = write(source(), { maxItems: 2 });
    await vi.waitFor(() => expect(open).toBeDefined());
    await vi.waitFor(() => expect(read).toBe(5));
    expect(requests).toHaveLength(1);
    open!();
    expect(await running).toMatchObject({ created: 6, requests: 3 });
  });

  test('become smaller when a proxy accepts less', async () => {
    const { write, requests, acknowledged } = await answering((_entry, n) =>
      requests[n]!.length > 3 ? { status: 413 } : CREATED,
    );
    const report = await write(items(20), { maxItems: 8 });
    expect(report.created).toBe(20);
    expect(acknowledged.map(([id]) => id)).toEqual(items(20).map(({ id }) => id));
    // Two requests had been filled before: each is halved twice. What follows is smaller.
    expect(requests.map(({ length }) => length)).toEqual([
      8, 4, 2, 2, 4, 2, 2, 8, 4, 2, 2, 4, 2, 2, 1, 1, 1, 1,
    ]);
  });

  test('fail with the id and the size of an item that is not accepted', async () => {
    const { write } = await answering(() => ({ status: 413 }));
    await expect(write([item('big', 'x'.repeat(500))])).rejects.toMatchObject({
      code: 'CLUSTER_FAILED',
      message: expect.stringMatching(/index of "big" in p: it has \d{3} bytes/),
    });
  });
});

describe('a busy cluster', () => {
  test('gets only the rejected items again, before later ones', async () => {
    const { write, requests, acknowledged } = await answering(({ id }, n) =>
      n < 3 && ['1', '2'].includes(id) ? rejected : CREATED,
    );
    const report = await write(items(6), { maxItems: 4 });
    expect(requests.map(idsOf)).toEqual([
      ['0', '1', '2', '3'],
      ['1', '2'],
      ['1', '2'],
      ['1', '2'],
      ['4', '5'],
    ]);
    expect(report).toMatchObject({ created: 6, retried: 6, requests: 5 });
    expect(acknowledged.map(([id]) => id)).toEqual(['0', '3', '1', '2', '4', '5']);
  });

  const unavailable: Result = {
    status: 503,
    error: { type: 'unavailable_shards_exception', reason: 'primary shard is not active' },
  };
  test.each<[string, Result | Answer]>([
    ['an item lacks its shard', unavailable],
    [
      'the whole request is rejected',
      { status: 429, body: { error: { type: 'circuit_breaking_exception', reason: 'x' }, status: 429 } },
    ],
    [
      'there is no manager',
      {
        status: 503,
        body: { error: { type: 'cluster_block_exception', reason: 'no cluster-manager' }, status: 503 },
      },
    ],
    ['the answer is lost', (response) => response.destroy()],
  ])('is asked again when %s', async (_name, result) => {
    const { write } = await answering((_entry, n) => (n < 2 ? result : CREATED));
    expect(await write(items(2))).toMatchObject({ created: 2, requests: 3, retried: 4 });
  });

  test('is given up after a while without any success', async () => {
    const { write, requests, acknowledged } = await answering(({ id }) => (id === '0' ? CREATED : rejected));
    await expect(write(items(3), { patienceMs: 600 })).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: expect.stringMatching(
        /^2 changes, the first index of "1" in p, were not accepted for 1 s\. .*full \(429/,
      ),
    });
    expect(requests.length).toBeGreaterThan(2);
    expect(acknowledged).toEqual([['0', 'created']]);
  });

  test('is left alone when the signal is aborted', async () => {
    const { write, requests } = await answering(() => rejected);
    const controller = new AbortController();
    const running = write(items(3), { signal: controller.signal });
    await vi.waitFor(() => expect(requests.length).toBeGreaterThan(0));
    controller.abort(new Error('Enough.'));
    await expect(running).rejects.toThrow('Enough.');
  });
});

describe('another error', () => {
  const strict: Result = {
    status: 400,
    error: { type: 'strict_dynamic_mapping_exception', reason: 'mapping set to strict' },
  };

  test('stops with the item and the reason, after what was accepted', async () => {
    const { write, requests, acknowledged } = await answering(({ id }) => (id === '1' ? strict : CREATED));
    await expect(write(items(10), { maxItems: 4 })).rejects.toMatchObject({
      code: 'CLUSTER_FAILED',
      status: 400,
      message: expect.stringMatching(/index of "1" in p with 400 strict_dynamic.*mapping set to strict/),
    });
    expect(acknowledged.map(([id]) => id)).toEqual(['0', '2', '3']);
    expect(requests).toHaveLength(1);
  });

  test('a full disk is reported at once', async () => {
    const reason =
      'index [p] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];';
    const { write, requests } = await answering(() => ({
      status: 429,
      error: { type: 'cluster_block_exception', reason },
    }));
    await expect(write(items(1))).rejects.toMatchObject({
      code: 'INDEX_UNWRITABLE',
      message: expect.stringMatching(/index of "0" in p.*disk of the cluster is nearly full/),
    });
    expect(requests).toHaveLength(1);
  });

  test('closes the source', async () => {
    const { write } = await answering(() => strict);
    let isClosed = false;
    const source = async function* () {
      try {
        for (const each of items(100)) yield each;
      } finally {
        isClosed = true;
      }
    };
    await expect(write(source(), { maxItems: 2 })).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
    expect(isClosed).toBe(true);
  });

  test('an answer without all items is an error', async () => {
    const { write } = await answering(() => ({ body: { items: [] } }));
    await expect(write(items(2))).rejects.toThrow('answered 0 of 2 changes');
  });
});
