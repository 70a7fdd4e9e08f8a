import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { ErrorCode, PaperSearchError } from '../../errors.ts';
import type { Snapshot } from '../../search/engine.ts';

/**
 * Where an operation stands: under `/v1` and by its short path, under `/v1` alone, or at its path alone (what is no
 * part of our versioned API: compatible APIs, pages, documents).
 */
type Mount = 'both' | 'v1' | 'as-is';

/** What `/docs` groups operations by. */
type Tag = 'Search' | 'Papers' | 'Changes' | 'Server' | (string & {});

/** What a request carries beside its URL. */
export type Body<B extends z.ZodType> =
  | {
      /** Read whole, checked, and handed on as what the schema makes of it. */
      readonly kind: 'json' | 'form';
      readonly schema: B;
      readonly example?: unknown;
      /** Most bytes. Default 64 KiB. */
      readonly limit?: number;
      /** Whether it may be left out, and is then as if it was empty. Default false. */
      readonly optional?: boolean;
    }
  | {
      /** Left for `handle` to read from the request. */
      readonly kind: 'stream';
      readonly description: string;
      /** The types that may be sent, for the document; `handle` checks them where that matters. */
      readonly mediaTypes: readonly string[];
    };

/** What is answered with one status. */
export interface ResponseDescription {
  readonly description: string;
  /** By media type; undefined for a text that is not JSON. Left out for an answer without a body. */
  readonly content?: Readonly<Record<string, z.ZodType | undefined>>;
  /** An answer of the first media type. A test holds it against its schema. */
  readonly example?: unknown;
}

/** What a request asks, checked. */
interface Input<Q extends z.ZodType, P extends z.ZodType, B extends z.ZodType> {
  readonly query: z.output<Q>;
  readonly path: z.output<P>;
  /** Of a stream, undefined. */
  readonly body: z.output<B>;
}

/**
 * How a request is answered. What `handle` throws becomes an `ErrorBody`, or is given to `onError`.
 * `needs: 'snapshot'`, the default: from one snapshot, which the request holds until `handle` has ended, and in a bounded
 * time. `needs: 'nothing'`: changes of the papers and streams take as long as they take, and monitoring waits for nothing.
 */
type Answer<Q extends z.ZodType, P extends z.ZodType, B extends z.ZodType> =
  | {
      readonly needs?: 'snapshot' | undefined;
      handle(
        request: Request,
        response: Response,
        input: Input<Q, P, B> & { readonly snapshot: Snapshot },
      ): void | Promise<void>;
    }
  | {
      readonly needs: 'nothing';
      handle(request: Request, response: Response, input: Input<Q, P, B>): void | Promise<void>;
    };

/**
 * One request that is answered: all that Express needs to answer it, and all that the OpenAPI document says of it.
 * Made with `operation`.
 */
export type Operation<
  Q extends z.ZodObject = z.ZodObject,
  P extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
> = Description<Q, P, B> & Answer<Q, P, B>;

/** All of an operation but how it is answered. */
interface Description<Q extends z.ZodObject, P extends z.ZodObject, B extends z.ZodType> {
  /** Its operationId: unique, in camel case. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As OpenAPI writes it: `/papers/{id}`, without `/v1`. */
  readonly path: `/${string}`;
  readonly mount: Mount;
  readonly tag: Tag;
  /** A line. */
  readonly summary: string;
  /** The path that should be used instead, for one that is kept for programs that know it. */
  readonly deprecated?: `/${string}`;
  /** Markdown is not read; a blank line parts paragraphs. */
  readonly description?: string;
  /** The parameters of the URL: texts in, what `handle` gets out. Default: none. */
  readonly parameters?: Q;
  /** Those in the path. Default: none; then the path has no `{…}`. */
  readonly pathParameters?: P;
  readonly body?: Body<B>;
  /** Answers by status, `default` for all others. With `onError`, failures belong here too. */
  readonly responses: {
    readonly [status: number]: ResponseDescription;
    readonly default?: ResponseDescription;
  };
  /** Errors that are its own, beside those that any request may meet. */
  readonly errors?: readonly ErrorCode[];
  /** Lets a request through or throws, before anything of it is read; the document says that a token is wanted. */
  readonly authorize?: RequestHandler;
  /**
   * Where Express finds it, if not at `path`: for a wildcard, an optional slash at the end. Its named parameters are
   * those of `pathParameters`. Of two that match, the one that is declared first answers.
   */
  readonly expressPath?: string | RegExp;
  /** What becomes of parameters and fields that the schemas do not have. Default `refuse`, with 400. */
  readonly unknown?: 'refuse' | 'ignore';
  /**
   * How long an answer to GET is good. `snapshot`, the default: until other papers are served; a client that has it
   * gets 304 before anything is looked up. `content`: as long as it has the same bytes. `never`: it is not kept.
   */
  readonly goodFor?: 'snapshot' | 'content' | 'never';
  /** For watching the server: always answered, whatever its load and whoever asks. Default false. */
  readonly isMonitoring?: boolean;
  /** Answers errors in the form of another API. Default: `ErrorBody`. */
  onError?(error: PaperSearchError, request: Request, response: Response): void;
}

const nothing = z.object({});
type Nothing = typeof nothing;

/**
 * Declares an operation, so that `handle` is typed by its schemas.
 * @example
 * operation({
 *   id: 'getPaper', method: 'get', path: '/papers/{id}', mount: 'both', tag: 'Papers', summary: 'One paper',
 *   pathParameters: z.object({ id: z.string() }),
 *   responses: { 200: json(Paper, 'The paper.') },
 *   handle: async (_request, response, { path, snapshot }) => { response.json(await snapshot.paper(path.id)); },
 * })
 */
export function operation<
  Q extends z.ZodObject = Nothing,
  P extends z.ZodObject = Nothing,
  B extends z.ZodType = z.ZodUndefined,
>(declared: Operation<Q, P, B>): Operation {
  return declared;
}

/** A response that is JSON. */
export function json(schema: z.ZodType, description: string, example?: unknown): ResponseDescription {
  return { description, content: { 'application/json': schema }, ...(example !== undefined && { example }) };
}

/** The paths at which an operation is found, the one to be used first, as OpenAPI writes them. */
export function pathsOf({ path, mount }: Operation): string[] {
  if (mount === 'as-is') return [path];
  return mount === 'v1' ? [`/v1${path}`] : [`/v1${path}`, path];
}
