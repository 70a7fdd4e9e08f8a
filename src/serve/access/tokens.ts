import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { PaperSearchError } from '../../errors.ts';
import { AppendLog } from '../../indexes/store/append-log.ts';
import { keptFolder } from '../../indexes/store/layout.ts';
import { digestOf, type Grant, SCOPES, SERVER_TOKEN } from './access.ts';

/** File of the tokens inside the folder of what is kept beside an index. */
const FILE = 'tokens.log';
/** Before each token, so that people and secret scanners recognise one. */
const PREFIX = 'pst_';
/** Random bytes of a token: 256 bits cannot be guessed. */
const BYTES = 32;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u;

const Created = z.object({
  kind: z.literal('created'),
  name: z.string(),
  /** SHA-256 of the token, in hex. A slow hash protects words that people choose; 256 random bits need none. */
  digest: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** ISO 8601, UTC; the token is refused from then on. */
  expires: z.iso.datetime().optional(),
  rate: z.int().min(1).optional(),
  maxBytes: z.int().min(1).optional(),
});
const Event = z.discriminatedUnion('kind', [
  Created,
  z.object({ kind: z.literal('revoked'), name: z.string() }),
]);
type TokenEvent = z.infer<typeof Event>;

/** What a new token allows. */
export interface NewToken extends Grant {
  /** The token is refused from then on. Default: never. */
  readonly expires?: Date | undefined;
}

/** A token, without the token itself, which is not stored. */
export interface TokenInfo extends Grant {
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly expires?: string | undefined;
  readonly revoked?: string | undefined;
  readonly state: 'valid' | 'expired' | 'revoked';
}

interface Stored {
  readonly digest: string;
  readonly info: Omit<TokenInfo, 'state'>;
}

export interface TokensOptions {
  /** Default: the clock of this machine. */
  readonly now?: (() => Date) | undefined;
  /** Receives what an interrupted write left behind. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * The tokens of a library, in a log in its index folder. Only their SHA-256 digests are stored. What another process
 * creates or revokes applies from the next request on.
 */
export class Tokens {
  readonly #log: AppendLog<TokenEvent>;
  readonly #now: () => Date;

  /** Opens the tokens of an index folder. @throws PaperSearchError as `AppendLog.open` does. */
  static async open(indexFolder: string, options: TokensOptions = {}): Promise<Tokens> {
    const file = join(keptFolder(indexFolder), FILE);
    const { now = () => new Date(), onNotice } = options;
    return new Tokens(await AppendLog.open(file, (value) => Event.parse(value), { now, onNotice }), now);
  }

  private constructor(log: AppendLog<TokenEvent>, now: () => Date) {
    this.#log = log;
    this.#now = now;
  }

  /**
   * Creates a token.
   * @returns the token, which cannot be read again.
   * @throws PaperSearchError BAD_REQUEST for a name that is in use or not allowed, no scope, or an end in the past; as
   *   `AppendLog.append` does.
   */
  async create({ name, scopes, expires, rate, maxBytes }: NewToken): Promise<string> {
    expectName(name);
    if (scopes.length === 0) throw wrong(`A token needs a scope: ${SCOPES.join(', ')}.`);
    if (expires && expires <= this.#now()) {
      throw wrong(`The token would have expired already, on ${expires.toISOString()}.`);
    }
    const token = PREFIX + randomBytes(BYTES).toString('base64url');
    const event: TokenEvent = {
      kind: 'created',
      name,
      digest: digestOf(token).toString('hex'),
      scopes: SCOPES.filter((scope) => scopes.includes(scope)),
      ...(expires && { expires: expires.toISOString() }),
      ...(rate !== undefined && { rate }),
      ...(maxBytes !== undefined && { maxBytes }),
    };
    await this.#log.append(() => {
      // A name is given once: what was changed by a revoked token must not look like another's work.
      if (!this.#stored().has(name)) return [event];
      throw wrong(`There is or was a token named "${name}". Choose another name.`, { name });
    });
    return token;
  }

  /**
   * Revokes a token. Requests that have begun are finished.
   * @throws PaperSearchError NOT_FOUND when no valid token has the name; as `AppendLog.append` does.
   */
  async revoke(name: string): Promise<void> {
    await this.#log.append(() => {
      const { info } = this.#stored().get(name) ?? {};
      if (info && info.revoked === undefined) return [{ kind: 'revoked', name }];
      const reason = info ? `was revoked on ${info.revoked}` : 'does not exist';
      throw new PaperSearchError('NOT_FOUND', `The token "${name}" ${reason}. See: paper-search token list`, {
        details: { name },
      });
    });
  }

  /** Every token that was ever created, in that order. */
  async list(): Promise<readonly TokenInfo[]> {
    await this.#log.refresh();
    return Array.from(this.#stored().values(), ({ info }) => ({ ...info, state: this.#stateOf(info) }));
  }

  /** Whether a token is valid now. */
  async hasTokens(): Promise<boolean> {
    return (await this.list()).some(({ state }) => state === 'valid');
  }

  /** The grant of a token; undefined for one that is unknown, revoked or expired. */
  async find(token: string): Promise<Grant | undefined> {
    if (!token.startsWith(PREFIX)) return undefined;
    await this.#log.refresh();
    // Looking up a digest takes no time that depends on the token: what is compared cannot be chosen by a client.
    const digest = digestOf(token).toString('hex');
    const found = Array.from(this.#stored().values()).find((stored) => stored.digest === digest);
    if (!found || this.#stateOf(found.info) !== 'valid') return undefined;
    const { name, scopes, rate, maxBytes } = found.info;
    return { name, scopes, rate, maxBytes };
  }

  #stored(): Map<string, Stored> {
    const tokens = new Map<string, Stored>();
    for (const { at, value } of this.#log.entries) {
      if (value.kind === 'created') {
        const { kind: _, digest, ...info } = value;
        tokens.set(value.name, { digest, info: { ...info, created: at } });
      } else {
        const known = tokens.get(value.name)!;
        tokens.set(value.name, { ...known, info: { ...known.info, revoked: at } });
      }
    }
    return tokens;
  }

  #stateOf({ revoked, expires }: Omit<TokenInfo, 'state'>): TokenInfo['state'] {
    if (revoked !== undefined) return 'revoked';
    return expires !== undefined && new Date(expires) <= this.#now() ? 'expired' : 'valid';
  }
}

function expectName(name: string): void {
  if (name === SERVER_TOKEN) {
    throw wrong(`"${name}" is the name of the token that a server is started with. Choose another name.`);
  }
  if (NAME.test(name)) return;
  throw wrong(
    `"${name}" cannot be the name of a token: up to 64 letters, digits, and . _ @ -, beginning with a letter or digit.`,
  );
}

function wrong(message: string, details?: Record<string, unknown>): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message, details && { details });
}
