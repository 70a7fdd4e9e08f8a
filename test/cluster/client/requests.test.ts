import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '../../../src/cluster/client/connect.ts';
import { isAnswer } from '../../../src/cluster/client/response-error.ts';
import { type Answer, type Received, type ScriptedNode, scriptedNode } from '../../support/scripted-node.ts';

const WHOLE = { took: 1, timed_out: false, _shards: { total: 2, successful: 2, failed: 0 } };
const HITS = {
  total: { value: 1, relation: 'eq' },
  max_score: 1,
  hits: [{ _index: 'p', _id: 'a', _score: 1 }],
};
const FOUND: Answer = { body: { ...WHOLE, hits: HITS } };

/** An error as OpenSearch writes it. */
function failure(status: number, type: string, reason: string, more = {}): Answer {
  return { status, body: { status, error: { type, reason, root_cause: [{ type, reason }], ...more } } };
}

async function clientOf(nodes: readonly ScriptedNode[], options = {}) {
  const client = await connect({ nodes: nodes.map(({ url }) => url), ...options });
  onTestFinished(() => client.close());
  return client;
}

/** A client of one node that answers with these, in order; the last one repeats. */
async function answered(answers: readonly Answer[], options = {}) {
  const node = await scriptedNode((_request, n) => answers[Math.min(n, answers.length - 1)]!);
  return { node, client: await clientOf([node], options) };
}

const linesOf = ({ body }: Received) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('requests', () => {
  test('sends JSON, a query and lines', async () => {
    const { client, node } = await answered([{ body: { ok: 1 } }]);
    expect(await client.request('PUT', '/p%2F1', { body: { a: 'ü' }, query: { x: true, y: 'a b' } })).toEqual(
      { ok: 1 },
    );
    await client.request('POST', '/_bulk', { lines: [{ a: 1 }, '{"b":2}'] });
    expect(node.received).toMatchObject([
      { method: 'PUT', url: '/p%2F1?x=true&y=a%20b', body: '{"a":"ü"}' },
      {
        method: 'POST',
        url: '/_bulk',
        body: '{"a":1}\n{"b":2}\n',
        headers: { 'content-type': 'application/x-ndjson' },
      },
    ]);
  });

  test('says for HEAD whether the thing exists', async () => {
    const { client } = await answered([{ status: 200 }, { status: 404 }]);
    expect(await client.request('HEAD', '/p')).toBe(true);
    expect(await client.request('HEAD', '/p')).toBe(false);
  });

  test.each([400, 404, 409])('throws the status, type and reason of %d', async (status) => {
    const { client, node } = await answered([failure(status, 'some_exception', 'no such thing')]);
    const error = await client.request('GET', '/p').catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: 'CLUSTER_FAILED',
      status,
      type: 'some_exception',
      reason: 'no such thing',
    });
    expect(isAnswer(error, status)).toBe(true);
    expect(isAnswer(error, 418)).toBe(false);
    expect(node.received).toHaveLength(1);
  });

  test('returns keys that would be prototypes as they are', async () => {
    const { client } = await answered([
      (response) => {
        response.setHeader('content-type', 'application/json');
        response.end('{"paper":{"__proto__":{"a":1},"constructor":2}}');
      },
    ]);
    const answer = await client.request<{ paper: object }>('GET', '/p');
    expect(Object.keys(answer.paper)).toEqual(['__proto__', 'constructor']);
  });

  test('reports an answer that is not JSON', async () => {
    const { client } = await answered([
      (response) => {
        response.setHeader('content-type', 'application/json');
        response.end('{"half":');
      },
    ]);
    await expect(client.request('GET', '/p')).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
  });
});

describe('an unavailable cluster', () => {
  test('asks another node when one is killed', async () => {
    const [one, two] = [await scriptedNode(() => ({ body: 1 })), await scriptedNode(() => ({ body: 2 }))];
    const client = await clientOf([one, two]);
    one.kill();
    for (let n = 0; n < 4; n++) expect(await client.request('GET', '/p')).toBe(2);
  });

  test('reports the node and the error when none is left', async () => {
    const { client, node } = await answered([{}], { retries: 1 });
    node.kill();
    await expect(client.request('GET', '/p')).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: `The node ${new URL(node.url).host} cannot be reached: connect ECONNREFUSED ${new URL(node.url).host}.`,
    });
  });

  test.each<[string, Answer, RegExp]>([
    ['429', failure(429, 'rejected_execution_exception', 'rejected'), /overloaded/],
    ['502 of a proxy', { status: 502, body: '<html>Bad Gateway</html>' }, /Bad Gateway/],
    [
      '503 without a manager',
      failure(503, 'cluster_manager_not_discovered_exception', ''),
      /has no cluster manager/,
    ],
    [
      '503 without a manager, as a block',
      failure(503, 'cluster_block_exception', 'blocked by: [SERVICE_UNAVAILABLE/2/no cluster-manager];'),
      /has no cluster manager/,
    ],
    [
      '503 of a red index',
      failure(503, 'search_phase_execution_exception', 'all shards failed'),
      /the index is red/,
    ],
    [
      '500 of a search whose node is killed',
      failure(500, 'search_phase_execution_exception', 'Partial shards failure', {
        root_cause: [],
        failed_shards: [{ reason: { type: 'node_disconnected_exception', reason: 'disconnected' } }],
      }),
      /disconnected.*Shards are missing/,
    ],
    [
      '404 of a search whose node was restarted',
      failure(404, 'search_phase_execution_exception', 'all shards failed', {
        root_cause: [
          { type: 'search_context_missing_exception', reason: 'No search context found for id [5]' },
        ],
      }),
      /No search context found/,
    ],
    ['500 of a node that stops', failure(500, 'node_closed_exception', 'closed'), /Try again/],
  ])('retries %s, then says why', async (_name, answer, message) => {
    const { client, node } = await answered([answer], { retries: 2 });
    await expect(client.request('GET', '/p')).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: expect.stringMatching(message),
    });
    expect(node.received).toHaveLength(3);
  });

  test('answers as soon as the cluster does', async () => {
    const { client } = await answered([failure(503, 'x', 'y'), failure(429, 'x', 'y'), { body: 'ok' }]);
    expect(await client.request('GET', '/p')).toBe('ok');
  });

  const cut: Answer = (response) => response.destroy();
  test.each<['GET' | 'POST' | 'PUT' | 'DELETE', string, number]>([
    ['GET', '/p', 2],
    ['PUT', '/p/_doc/1', 2],
    ['DELETE', '/p/_doc/1', 2],
    ['POST', '/p/_search', 2],
    ['POST', '/_msearch', 2],
    ['POST', '/p/_doc', 1],
    ['POST', '/p/_update/1', 1],
    ['PUT', '/p/_create/1', 1],
    ['PUT', '/p/_doc/1?op_type=create', 1],
  ])('%s %s is sent %d time(s) when its answer is lost', async (method, path, times) => {
    const { client, node } = await answered([cut], { retries: 1 });
    const [name, query] = path.split('?');
    const options = query ? { query: Object.fromEntries(new URLSearchParams(query)) } : {};
    await expect(client.request(method, name!, options)).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
    });
    expect(node.received).toHaveLength(times);
  });

  test('sends again what no node has received, or what was rejected', async () => {
    const [one, two] = [await scriptedNode(() => ({})), await scriptedNode(() => ({ body: 2 }))];
    const client = await clientOf([one, two]);
    one.kill();
    for (let n = 0; n < 2; n++) expect(await client.request('POST', '/p/_update/1', { body: {} })).toBe(2);
    const { client: other } = await answered([failure(429, 'x', 'y'), { body: 3 }]);
    expect(await other.request('POST', '/p/_update/1', { body: {} })).toBe(3);
  });

  test('gives up a node that does not answer, or stops in the middle', async () => {
    const silent = await scriptedNode(() => () => {});
    const halting = await scriptedNode(() => (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{');
    });
    for (const node of [silent, halting]) {
      const client = await clientOf([node], { timeoutMs: 100, retries: 0 });
      await expect(client.request('GET', '/p')).rejects.toMatchObject({
        code: 'CLUSTER_UNAVAILABLE',
        message: expect.stringMatching(/did not answer GET \/p within 100 ms/),
      });
    }
  });

  test('prints nothing when an answer breaks off', async () => {
    const log = vi.spyOn(console, 'log');
    onTestFinished(() => log.mockRestore());
    const { client } = await answered(
      [
        (response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
          response.write('{', () => response.destroy());
        },
      ],
      { retries: 1 },
    );
    await expect(client.request('GET', '/p')).rejects.toMatchObject({ code: 'CLUSTER_UNAVAILABLE' });
    expect(log).not.toHaveBeenCalled();
  });
});

describe('blocks of the cluster', () => {
  test.each([
    [
      429,
      '[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block]',
      /disk.*Free space/,
    ],
    [403, '[FORBIDDEN/10/cluster create-index blocked (api)]', /disk.*Free space/],
    [403, '[FORBIDDEN/8/index write (api)]', /index\.blocks/],
  ])('%d %s is INDEX_UNWRITABLE, at once', async (status, reason, message) => {
    const { client, node } = await answered([
      failure(status, 'cluster_block_exception', `blocked by: ${reason};`),
    ]);
    await expect(client.request('PUT', '/p/_doc/1', { body: {} })).rejects.toMatchObject({
      code: 'INDEX_UNWRITABLE',
      message: expect.stringMatching(message),
    });
    expect(node.received).toHaveLength(1);
  });
});

describe('searches', () => {
  test('asks for statistics of all shards, exact totals and all shards', async () => {
    const { client, node } = await answered([FOUND]);
    expect(await client.search('p', { query: { match_all: {} } }, { preference: 's1' })).toMatchObject({
      hits: HITS,
    });
    await client.search('p', { track_total_hits: false });
    const [first, second] = node.received;
    expect(first).toMatchObject({
      url: '/p/_search?search_type=dfs_query_then_fetch&allow_partial_search_results=false&preference=s1',
    });
    expect(JSON.parse(first!.body)).toEqual({ track_total_hits: true, query: { match_all: {} } });
    expect(JSON.parse(second!.body)).toEqual({ track_total_hits: false });
  });

  const partial: [string, Answer][] = [
    [
      'a failed shard',
      {
        body: {
          ...WHOLE,
          hits: HITS,
          _shards: { total: 2, failed: 1, failures: [{ reason: { type: 't', reason: 'r' } }] },
        },
      },
    ],
    ['a timeout', { body: { ...WHOLE, hits: HITS, timed_out: true } }],
  ];
  test.each(partial)('does not take the part without %s for an answer', async (_name, answer) => {
    const { client } = await answered([answer], { retries: 0 });
    const expected = { code: 'CLUSTER_UNAVAILABLE', message: expect.stringMatching(/only a part/) };
    await expect(client.search('p', {})).rejects.toMatchObject(expected);
    const { client: other } = await answered([
      { body: { responses: [(FOUND as { body: object }).body, (answer as { body: object }).body] } },
    ]);
    await expect(
      other.searchAll([
        { index: 'p', body: {} },
        { index: 'q', body: {} },
      ]),
    ).rejects.toMatchObject(expected);
  });

  test('refuses an answer that hides whether it is whole', async () => {
    const { client } = await answered([{ body: { hits: HITS } }]);
    await expect(client.search('p', {})).rejects.toMatchObject({ code: 'CLUSTER_FAILED' });
  });

  test('runs several searches in one round trip', async () => {
    const { client, node } = await answered([
      {
        body: {
          responses: [
            { ...WHOLE, hits: HITS },
            { ...WHOLE, hits: HITS },
          ],
        },
      },
    ]);
    const found = await client.searchAll([
      { index: 'p', body: { size: 1 } },
      { index: 'q', body: { size: 2 } },
    ]);
    expect(found).toMatchObject([{ hits: HITS }, { hits: HITS }]);
    const whole = { search_type: 'dfs_query_then_fetch', allow_partial_search_results: false };
    expect(linesOf(node.received[0]!)).toEqual([
      { index: 'p', ...whole },
      { track_total_hits: true, size: 1 },
      { index: 'q', ...whole },
      { track_total_hits: true, size: 2 },
    ]);
    expect(await client.searchAll([])).toEqual([]);
    await expect(client.searchAll([{ index: 'p', body: {} }])).rejects.toThrow('answered 2 of 1');
  });

  test('asks for no statistics where nothing is scored', async () => {
    const { client, node } = await answered([FOUND, { body: { responses: [{ ...WHOLE, hits: HITS }] } }]);
    await client.search('p', { size: 0 });
    await client.searchAll([{ index: 'p', body: { size: 0 } }]);
    const [one, several] = node.received;
    expect(one!.url).toBe('/p/_search?search_type=query_then_fetch&allow_partial_search_results=false');
    expect(linesOf(several!)[0]).toMatchObject({ search_type: 'query_then_fetch' });
  });

  test('throws the error of one of several searches', async () => {
    const missing = {
      status: 404,
      error: { type: 'index_not_found_exception', reason: 'no such index [q]' },
    };
    const { client } = await answered([{ body: { responses: [{ ...WHOLE, hits: HITS }, missing] } }]);
    const searches = [
      { index: 'p', body: {} },
      { index: 'q', body: {} },
    ];
    await expect(client.searchAll(searches)).rejects.toMatchObject({
      status: 404,
      type: 'index_not_found_exception',
    });
  });
});

describe('ending', () => {
  test('stops when the signal is aborted, before and while a request runs', async () => {
    const { client, node } = await answered([() => {}]);
    const reason = new Error('No longer wanted.');
    await expect(client.request('GET', '/p', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(node.received).toHaveLength(0);
    const controller = new AbortController();
    const running = client.request('GET', '/p', { signal: controller.signal });
    await vi.waitFor(() => expect(node.received).toHaveLength(1));
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
  });

  test('stops while it waits to try again', async () => {
    const { client, node } = await answered([failure(429, 'x', 'y')], { retries: 100 });
    const controller = new AbortController();
    const running = client.request('GET', '/p', { signal: controller.signal });
    await vi.waitFor(() => expect(node.received.length).toBeGreaterThan(1));
    controller.abort(new Error('No longer wanted.'));
    await expect(running).rejects.toThrow('No longer wanted.');
    const { length } = node.received;
    await setTimeout(300);
    expect(node.received).toHaveLength(length);
  });

  test('ends running requests when it is closed, and refuses new ones', async () => {
    const { client, node } = await answered([() => {}]);
    const running = client.request('GET', '/p');
    running.catch(() => {});
    await vi.waitFor(() => expect(node.received).toHaveLength(1));
    await client.close();
    await expect(running).rejects.toMatchObject({ code: 'STOPPED' });
    await expect(client.request('GET', '/p')).rejects.toMatchObject({ code: 'STOPPED' });
    await client.close();
  });
});
