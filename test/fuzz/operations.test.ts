import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/serve/http/app.ts';
import type { OpenApiDocument, OperationObject } from '../../src/serve/http/openapi/document.ts';
import { SAMPLE } from '../serve/compat/semantic-scholar/sample-corpus.ts';
import { listening } from '../support/listening.ts';
import { snapshotOver } from '../support/snapshot-over.ts';
import { validatedFetch } from '../support/validated-fetch.ts';
import { wildHeaders, wildJson, wildText } from '../support/wild-values.ts';

/** Requests per operation. `FUZZ_RUNS` and `FUZZ_SEED` set their number and the seed. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 12);
const SEED = Number(process.env.FUZZ_SEED ?? 7);
/** Limit for one request on a slow and busy machine (milliseconds): a request that hangs fails, however long the test. */
const PATIENCE_MS = 20_000;

let url = '';
let close = () => {};
let operations: (readonly [method: string, path: string, operation: OperationObject])[] = [];
const logged: unknown[] = [];
beforeAll(async () => {
  const { engine } = await snapshotOver(SAMPLE);
  const writing = { token: 'secret', writer: { add: refuse, remove: refuse } };
  ({ url, close } = await listening(createApp({ engine, writing, log: (error) => logged.push(error) })));
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument;
  // Two paths may have the same handler.
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => !operationId.endsWith('Short'))
      .map(([method, operation]) => [method, path, operation] as const),
  );
});
afterAll(() => close());

async function refuse(): Promise<never> {
  throw new Error('Nobody has the token.');
}

const names = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString', 'q[]', 'a[b]', ''), wildText);

/** A request: parameters of the operation and others, with valid and invalid values. */
function requestOf(method: string, path: string, operation: OperationObject) {
  const { parameters = [], requestBody } = operation;
  const value = ({ schema }: { schema: Record<string, unknown> }) =>
    fc.oneof(wildText, fc.constantFrom(...choicesOf(schema)));
  const inQuery = parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) =>
      fc.array(
        value(parameter).map((text): [string, string] => [parameter.name, text]),
        { maxLength: 2 },
      ),
    );
  const others = fc.array(fc.tuple(names, wildText), { maxLength: 1 });
  const inPath = fc.array(fc.oneof(wildText, fc.constantFrom(...SAMPLE.map(({ id }) => id))), {
    minLength: 3,
    maxLength: 3,
  });
  const example = Object.values(requestBody?.content ?? {})[0]?.example;
  return fc
    .record({
      query: fc.tuple(...inQuery, others).map((lists) => lists.flat()),
      inPath,
      headers: wildHeaders,
      body: requestBody ? wildJson(example) : fc.constant(undefined),
    })
    .map(({ query, inPath: values, headers, body }) => {
      let at = 0;
      const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(wellFormed(values[at++]!)) || 'x');
      // fetch treats dots as steps in the path.
      const target = `${filled.replace(/(^|\/)\.{1,2}(?=\/|$)/g, '$1x')}?${new URLSearchParams(query)}`;
      const sent = body === undefined ? {} : { 'Content-Type': 'application/json' };
      return { target, init: { method: method.toUpperCase(), headers: { ...sent, ...headers }, body } };
    });
}

/** URLs cannot contain unpaired surrogates. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

function choicesOf(schema: Record<string, unknown>): string[] {
  const inner = (schema.items ?? schema) as Record<string, unknown>;
  const choices = Array.isArray(inner.enum) ? inner.enum.map(String) : [];
  const numbers = ['0', '1', '2020', '-1', '1e9', '99999999999999999999', 'true'];
  return [...choices, ...numbers, String(schema.default ?? 'a'), '*', '2019-01-01:2021'];
}

test.each([
  // A quotation in an error is cut inside a surrogate pair.
  `/api/query?id_list=${encodeURIComponent(`${'a'.repeat(99)}🙂`)}`,
  `/api/query?search_query=${encodeURIComponent(`submittedDate:${'9'.repeat(39)}🙂`)}`,
])('%s is refused', async (target) => {
  expect((await validatedFetch(url + target)).status).toBe(400);
});

test('answers any request as documented, or refuses it', async () => {
  expect(operations.length).toBeGreaterThan(20);
  const problems: string[] = [];
  for (const [method, path, operation] of operations) {
    const details = await fc.check(
      fc.asyncProperty(requestOf(method, path, operation), async ({ target, init }) => {
        const response = await validatedFetch(url + target, {
          ...(init as RequestInit),
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        expect(response.status).toBeLessThan(500);
        expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    if (details.failed)
      problems.push(`${method} ${path}: ${fc.defaultReportMessage(details)!.slice(0, 2000)}`);
  }
  expect(problems).toEqual([]);
  expect(logged).toEqual([]);
});

interface Tool {
  readonly name: string;
  readonly inputSchema: { readonly properties?: Readonly<Record<string, unknown>> };
}

interface Answer {
  readonly result?: {
    readonly tools?: readonly Tool[];
    readonly content?: readonly unknown[];
    readonly isError?: boolean;
  };
}

async function mcp(message: string): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await validatedFetch(`${url}/mcp`, { method: 'POST', headers, body: message, signal });
  return response.status === 202 ? {} : ((await response.json()) as Answer);
}

test('answers or refuses any call of a tool, without hidden characters', async () => {
  const list = await mcp(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }));
  const tools = list.result!.tools!;
  expect(tools.length).toBeGreaterThan(3);
  for (const { name, inputSchema } of tools) {
    const fields = Object.keys(inputSchema.properties ?? {}).map((field) => [field, 'graphs']);
    await fc.assert(
      fc.asyncProperty(wildJson(Object.fromEntries(fields)), async (given) => {
        const start = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"${name}","arguments":`;
        const { result } = await mcp(`${start}${given}}}`);
        // A refusal quotes the input.
        if (result?.isError) return;
        expect(JSON.stringify(result?.content ?? '')).not.toMatch(/[\u202e\u2066\u009b]|\\u001b/);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  }
  expect(logged).toEqual([]);
});
