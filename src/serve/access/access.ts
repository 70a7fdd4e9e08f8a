import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuditEntry } from './audit.ts';

/**
 * What a token can allow. `read`: search and read papers, where even that needs a token. `add`: add, fetch and remove
 * papers. `review`: change collections, watches and reviews. `admin`: everything.
 */
export const SCOPES = ['read', 'add', 'review', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who sends a request, and what that token allows. */
export interface Grant {
  /** The name of the token, to say who changed something. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Requests per minute. Default: only the limit of every client. */
  readonly rate?: number | undefined;
  /** Limit of the body of a request in bytes. Default: only the limit of the operation. */
  readonly maxBytes?: number | undefined;
}

/** Whether a grant has a scope. */
export function allows({ scopes }: Grant, scope: Scope): boolean {
  return scopes.includes(scope) || scopes.includes('admin');
}

/** Who may do what in one library. */
export interface Access {
  /** Whether reading needs a token as well. */
  readonly isPrivate?: boolean | undefined;
  /** The grant of a token; undefined for one that is unknown, revoked or expired. */
  find(token: string): Grant | undefined | Promise<Grant | undefined>;
  /** Whether there is a token that can be used. */
  hasTokens(): boolean | Promise<boolean>;
  /** Records a change that was tried with a token. */
  record?(entry: AuditEntry): void;
}

/** Name of the token that a server is started with. */
export const SERVER_TOKEN = 'server';

/** Digest of a token: tokens are compared and stored as their digests. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export interface AccessOptions {
  /** The tokens of the library. */
  readonly tokens: Pick<Access, 'find' | 'hasTokens'>;
  /** The token of the server, which allows everything. */
  readonly serverToken?: string | undefined;
  readonly audit: { record(entry: AuditEntry): void };
  readonly isPrivate?: boolean | undefined;
}

/** Access to a library by its own tokens and by that of the server, with a record of changes. */
export function libraryAccess({ tokens, serverToken, audit, isPrivate }: AccessOptions): Access {
  const byServer = serverToken === undefined ? undefined : accessByToken(serverToken);
  return {
    isPrivate,
    find: async (token) => (await byServer?.find(token)) ?? tokens.find(token),
    hasTokens: () => byServer !== undefined || tokens.hasTokens(),
    record: (entry) => audit.record(entry),
  };
}

/** Access by one token, which allows everything. */
export function accessByToken(token: string): Access {
  const expected = digestOf(token);
  return {
    // Digests have the same length and are compared in constant time.
    find: (given) =>
      timingSafeEqual(digestOf(given), expected) ? { name: SERVER_TOKEN, scopes: ['admin'] } : undefined,
    hasTokens: () => true,
  };
}

/** Who calls tools, and the record of what they change. */
export interface Caller {
  /** Undefined for a caller without a token. */
  readonly grant: Grant | undefined;
  /** Records a change that was tried. */
  record(entry: Pick<AuditEntry, 'operation' | 'status' | 'papers'>): void;
}

/** A caller who may only read what is open to everyone. */
export const ANONYMOUS: Caller = { grant: undefined, record: () => {} };

/** The user of this machine who started the process: the files of the index say what they may change. */
export const LOCAL_USER: Caller = { grant: { name: 'local', scopes: ['admin'] }, record: () => {} };
