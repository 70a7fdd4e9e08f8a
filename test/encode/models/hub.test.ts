import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { addModel, addModelOrReranker } from '../../../src/encode/models/add.ts';
import type { HubProgress } from '../../../src/encode/models/hub-files.ts';
import { listening } from '../../support/listening.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type TinyModelOptions, writeTinyModel } from '../../support/tiny-model.ts';

const ID = 'somebody/tiny-model';
const MODEL = 'onnx/model_quantized.onnx';

beforeEach(async () => {
  vi.stubEnv('PAPER_SEARCH_MODELS', await temporaryFolder());
  vi.stubEnv('PAPER_SEARCH_CACHE', await temporaryFolder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

interface Hub {
  /** Requests so far: the file, and the range asked for. */
  readonly requests: string[];
  /** Files that the hub does not have. */
  readonly lacking: Set<string>;
  /** Ends the connection in the middle of the next answer with this file. */
  breakAt: string | undefined;
}

/** A hub on loopback with a tiny model. */
async function startHub(
  revision = 'main',
  options: TinyModelOptions = { kind: 'embedding', words: ['apple'] },
): Promise<Hub> {
  const folder = await temporaryFolder();
  await writeTinyModel(folder, options);
  const hub: Hub = { requests: [], lacking: new Set(), breakAt: undefined };
  const prefix = `/${ID}/resolve/${revision}/`;
  const answer = async ({ url, headers }: IncomingMessage, response: ServerResponse) => {
    const name = url!.startsWith(prefix) ? url!.slice(prefix.length) : '';
    hub.requests.push(headers.range ? `${name} ${headers.range}` : name);
    const bytes = hub.lacking.has(name)
      ? undefined
      : await readFile(join(folder, name)).catch(() => undefined);
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    const start =
      headers['if-range'] === '"1"' ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
    const rest = bytes.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, { etag: '"1"', 'content-length': rest.length });
    if (hub.breakAt === name) {
      hub.breakAt = undefined;
      // Later, so that what was written arrives.
      response.write(rest.subarray(0, Math.floor(rest.length / 2)), () =>
        setTimeout(() => response.destroy(), 100),
      );
    } else response.end(rest);
  };
  const { url, close } = await listening((request, response) => void answer(request, response));
  onTestFinished(close);
  vi.stubEnv('PAPER_SEARCH_HUB', url);
  return hub;
}

test('adds a model by its id, with progress', async () => {
  const hub = await startHub();
  const seen: HubProgress[] = [];
  const model = await addModel('tiny', { hub: ID, onProgress: (event) => seen.push(event) });
  expect(model).toMatchObject({ source: { kind: 'hub', from: ID }, dimension: 32, layers: 2 });
  expect(hub.requests).toContain(MODEL);
  const last = seen.findLast(({ file }) => file === 'model_quantized.onnx')!;
  expect(last.done).toBe(last.total);
  expect(last.total).toBeGreaterThan(0);
});

test('adds a cross-encoder by its id', async () => {
  await startHub('main', { kind: 'reranker' });
  const model = await addModelOrReranker('tiny', { hub: ID });
  expect(model).toMatchObject({ task: 'reranking', source: { kind: 'hub', from: ID }, labels: 1 });
});

test('downloads a file once', async () => {
  const hub = await startHub();
  await addModel('first', { hub: ID });
  const before = hub.requests.length;
  await addModel('second', { hub: ID });
  expect(
    hub.requests.slice(before).filter((file) => file.endsWith('.onnx') || file === 'config.json'),
  ).toEqual([]);
});

test('takes the full weights where there are no quantized ones, and the revision that is named', async () => {
  const hub = await startHub('v1.0');
  hub.lacking.add(MODEL);
  await addModel('tiny', { hub: ID, revision: 'v1.0' });
  expect(hub.requests).toContain('onnx/model.onnx');
});

test('keeps what has arrived of a file when the connection breaks, and asks only for the rest', async () => {
  const hub = await startHub();
  hub.breakAt = MODEL;
  await expect(addModel('tiny', { hub: ID })).rejects.toMatchObject({
    code: 'FETCH_FAILED',
    message: expect.stringContaining('what has arrived is kept'),
  });
  const before = hub.requests.length;
  await addModel('tiny', { hub: ID });
  expect(hub.requests.slice(before)).toEqual([
    ...hub.requests.slice(before, -1),
    expect.stringMatching(/^onnx\/model_quantized\.onnx bytes=[1-9]\d*-$/),
  ]);
});

test('says what to do when the hub cannot be reached', async () => {
  const { url, close } = await listening(() => {});
  close();
  vi.stubEnv('PAPER_SEARCH_HUB', url);
  await expect(addModel('tiny', { hub: ID })).rejects.toMatchObject({
    code: 'FETCH_FAILED',
    message: expect.stringMatching(/could not be downloaded from .*ECONNREFUSED.*use --from/),
  });
});

test.each(['nothing here', 'a/b/c', '../secret'])('refuses the id "%s" without a request', async (id) => {
  const hub = await startHub();
  await expect(addModel('tiny', { hub: id })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(hub.requests).toEqual([]);
});

test('says that a model that the hub does not have was not found', async () => {
  await startHub();
  await expect(addModel('tiny', { hub: 'somebody/else' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(/somebody\/else has no config\.json .*Check the id/),
  });
});
