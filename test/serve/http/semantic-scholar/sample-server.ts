import { afterAll, beforeAll, expect } from 'vitest';
import { createApp } from '../../../../src/serve/http/app.ts';
import { listening } from '../../../support/listening.ts';
import { paperOf } from '../../../support/papers.ts';
import { snapshotOver } from '../../../support/snapshot-over.ts';
import { validatedFetch } from '../../../support/validated-fetch.ts';
import { SAMPLE } from '../../compat/semantic-scholar/sample-corpus.ts';

const more = Array.from({ length: 30 }, (_, i) =>
  paperOf({
    id: `more-${i}`,
    title: `Parsing in language number ${i}`,
    authors: ['Kim Lee'],
    ...(i > 0 && { references: ['more-0'] }),
  }),
);

/** Asks the API of one server, whose answers are checked against the schemas. */
export interface SampleServer {
  readonly url: () => string;
  // biome-ignore lint/suspicious/noExplicitAny: what the tests look at is checked against its schema.
  readonly ask: (path: string, init?: RequestInit) => Promise<{ status: number; body: any }>;
  readonly post: (path: string, body: unknown) => ReturnType<SampleServer['ask']>;
}

/** Starts a server over the sample and 30 more papers for the tests of a file; they fail if a request crashes. */
export function sampleServer(): SampleServer {
  let url = '';
  let close = () => {};
  const logged: unknown[] = [];
  beforeAll(async () => {
    const { engine } = await snapshotOver([...SAMPLE, ...more]);
    ({ url, close } = await listening(createApp({ engine, log: (error) => logged.push(error) })));
  });
  afterAll(() => {
    close();
    expect(logged).toEqual([]);
  });
  const ask: SampleServer['ask'] = async (path, init) => {
    const response = await validatedFetch(url + path, init);
    return { status: response.status, body: await response.json() };
  };
  const post: SampleServer['post'] = (path, body) =>
    ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { url: () => url, ask, post };
}

export const titles = (papers: readonly { title: string }[]) => papers.map(({ title }) => title);
export const PAPER = '/graph/v1/paper';
