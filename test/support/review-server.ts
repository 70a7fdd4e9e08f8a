import { expect } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import type { Protocol } from '../../src/review/review.ts';
import { Reviews } from '../../src/review/reviews.ts';
import type { Access } from '../../src/serve/access/access.ts';
import type { AuditEntry } from '../../src/serve/access/audit.ts';
import { createApp } from '../../src/serve/http/app.ts';
import { beesAndWasps, changeable, PROTOCOL } from '../review/world.ts';
import { listening } from './listening.ts';
import { snapshotOver } from './snapshot-over.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { validatedFetch } from './validated-fetch.ts';

/** An answer of the server, which matched the OpenAPI document. */
interface ReviewAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read any field of it.
  readonly body: any;
}

/** A server with reviews of papers about bees and wasps. */
export interface ReviewServer {
  readonly url: string;
  /** The changes that were tried. */
  readonly recorded: AuditEntry[];
  /** Sends JSON with a token, whose name is also its text. */
  send(token: string, method: string, path: string, body?: unknown): Promise<ReviewAnswer>;
  /** Begins with no reviews and the papers of the beginning. To be called in each test, or before it. */
  reset(): Promise<void>;
  /** Stops it. Unexpected errors in its log fail the test. */
  close(): void;
  /** Creates the review `bees` by the token `ada`. */
  create(protocol?: Partial<Protocol>): Promise<void>;
  /** An ingest that leaves these papers. */
  ingest(papers: readonly Paper[]): Promise<void>;
}

/** Names of tokens with the scope `review`; `root` may do anything, `student` read and add papers. */
const REVIEWERS = ['ada', 'ben', 'eve'];

/** Serves reviews of two libraries; the second is `lab`. */
export async function reviewServer(): Promise<ReviewServer> {
  const recorded: AuditEntry[] = [];
  const logged: unknown[] = [];
  const access: Access = {
    find: (token) => {
      if (REVIEWERS.includes(token)) return { name: token, scopes: ['review'] };
      if (token === 'student') return { name: token, scopes: ['read', 'add'] };
      return token === 'root' ? { name: token, scopes: ['admin'] } : undefined;
    },
    hasTokens: () => true,
    record: (entry) => recorded.push(entry),
  };
  const { engine: first } = await snapshotOver(beesAndWasps());
  const engine = changeable(first);
  const library = () => {
    let current: Reviews;
    // One server for all tests of a file: its OpenAPI document is large.
    const reviews = new Proxy({} as Reviews, {
      get: (_, name) => {
        const member: unknown = Reflect.get(current, name, current);
        return typeof member === 'function' ? member.bind(current) : member;
      },
    });
    const renew = async () => {
      current = new Reviews(await temporaryFolder(), engine);
    };
    return { engine, access, reviews, renew };
  };
  const libraries = [library(), library()] as const;
  const log = (error: unknown) => logged.push(error);
  const app = createApp({ ...libraries[0], others: [{ name: 'lab', ...libraries[1] }], log });
  const { url, close } = await listening(app);
  const send = async (token: string, method: string, path: string, body?: unknown) => {
    const response = await validatedFetch(`${url}/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };
  return {
    url,
    recorded,
    send,
    reset: async () => {
      await Promise.all(libraries.map(({ renew }) => renew()));
      engine.become(first);
      recorded.length = 0;
    },
    close: () => {
      close();
      expect(logged).toEqual([]);
    },
    create: async (protocol = {}) => {
      const review = { name: 'Bees', protocol: { ...PROTOCOL, ...protocol } };
      expect(await send('ada', 'POST', '/reviews', review)).toMatchObject({ status: 201 });
    },
    ingest: async (papers) => engine.become((await snapshotOver(papers)).engine),
  };
}
