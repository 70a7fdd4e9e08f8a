import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { ErrorCode, PaperSearchError } from '../../errors.ts';
import type { Snapshot } from '../../search/engine.ts';

/**
 * Where an operation is served: under `/v1` and at its short path, under `/v1` only, or at its path only (for what is
 * not part of our versioned API: compatible APIs, pages, documents).
 */
type Mount = 'both' | 'v1' | 'as-is';

/** The group of an operation in `/docs`. */
type Tag = 'Search' | 'Papers' | 'Changes' | 'Server' | (string & {});

/** The body of a request. */
export type Body<B extends z.ZodType> =
  | {
      /** Read completely and parsed by the schema. */
      readonly kind: 'json' | 'form';
      readonly schema: B;
      readonly example?: unknown;
      /** Limit in bytes. Default 64 KiB. */
      readonly limit?: number;
      /** Whether the body may be missing; it is then treated as empty. Default false. */
      readonly optional?: boolean;
    }
  | {
      /** `handle` reads it from the request. */
      readonly kind: 'stream';
      readonly description: string;
      /** The media types for the document; `handle` checks them where needed. */
      readonly mediaTypes: readonly string[];
    };

/** The answer with one status. */
export interface ResponseDescription {
  readonly description: string;
  /** Schemas by media type; undefined for a text that is not JSON. Absent for an answer without a body. */
  readonly content?: Readonly<Record<string, z.ZodType | undefined>>;
  /**
   * Other types that are sent when the request asks for them, written as in `content`. They are documented beside the
   * answer, in `x-alternatives`: with all of them in `content`, generated clients would give every answer the type
   * "this object or a text".
   */
  readonly alternatives?: Readonly<Record<string, z.ZodType | undefined>>;
  /** An answer of the first media type. A test validates it against its schema. */
  readonly example?: unknown;
}

/** The validated input of a request. */
interface Input<Q extends z.ZodType, P extends z.ZodType, B extends z.ZodType> {
  readonly query: z.output<Q>;
  readonly path: z.output<P>;
  /** Undefined for a stream. */
  readonly body: z.output<B>;
}

/**
 * How a request is answered. An error that `handle` throws becomes an `ErrorBody`, or is passed to `onError`. With
 * `needs: 'snapshot'`, the default, the request holds one snapshot until `handle` has ended, and has a deadline. With
 * `needs: 'nothing'` it has neither: changes and streams take as long as they need, and monitoring must not wait.
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
 * One operation of the API: what Express needs to serve it and what the OpenAPI document says about it. Create it with
 * `operation`.
 */
export type Operation<
  Q extends z.ZodObject = z.ZodObject,
  P extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
> = Description<Q, P, B> & Answer<Q, P, B>;

/** Everything of an operation except how it answers. */
interface Description<Q extends z.ZodObject, P extends z.ZodObject, B extends z.ZodType> {
  /** The operationId: unique, in camel case. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** In OpenAPI notation: `/papers/{id}`, without `/v1`. */
  readonly path: `/${string}`;
  readonly mount: Mount;
  readonly tag: Tag;
  /** One line. */
  readonly summary: string;
  /** The path to use instead; set for a former path that is kept for existing clients. */
  readonly deprecated?: `/${string}`;
  /** Plain text with code in backticks; a blank line separates paragraphs. */
  readonly description?: string;
  /** The query parameters: parses strings into what `handle` receives. Default: none. */
  readonly parameters?: Q;
  /** The path parameters. Default: none; then the path has no `{…}`. */
  readonly pathParameters?: P;
  readonly body?: Body<B>;
  /** Answers by status; `default` is for all other statuses. With `onError`, include the failures. */
  readonly responses: {
    readonly [status: number]: ResponseDescription;
    readonly default?: ResponseDescription;
  };
  /** Errors specific to this operation; common errors are added to the document automatically. */
  readonly errors?: readonly ErrorCode[];
  /** Checks the request or throws before the body is read; the document then says that a token is required. */
  readonly authorize?: RequestHandler;
  /** Checks the token of a request that has one, for an operation that needs it for some of what it does. */
  readonly identify?: RequestHandler;
  /**
   * The Express path if it differs from `path`, for a wildcard or an optional final slash. Its named parameters are
   * those of `pathParameters`. If two paths match, the operation declared first answers.
   */
  readonly expressPath?: string | RegExp;
  /** What happens with parameters and fields that the schemas do not have. Default `refuse`, with 400. */
  readonly unknown?: 'refuse' | 'ignore';
  /**
   * How long an answer to GET is valid. `snapshot`, the default: until another snapshot is served; a client that has
   * the answer gets 304 before any work is done. `content`: as long as the bytes are the same. `never`: it is not
   * cached.
   */
  readonly validFor?: 'snapshot' | 'content' | 'never';
  /** Monitoring is answered at any load and is not rate-limited. Default false. */
  readonly isMonitoring?: boolean;
  /** Whether it is answered without a token where reading needs one: the answer contains nothing of papers. */
  readonly isPublic?: boolean;
  /** Sends errors in the format of another API. Default: `ErrorBody`. */
  onError?(error: PaperSearchError, request: Request, response: Response): void;
}

const nothing = z.object({});
type Nothing = typeof nothing;

/**
 * Declares an operation; `handle` gets its types from the schemas.
 * @example
 * operation({
 *   id: 'getPaper', method: 'get', path: '/papers/{id}', mount: 'both', tag: 'Papers', summary: 'Returns a paper',
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

/** Describes a JSON response. */
export function json(schema: z.ZodType, description: string, example?: unknown): ResponseDescription {
  return { description, content: { 'application/json': schema }, ...(example !== undefined && { example }) };
}

/** The paths of an operation in OpenAPI notation, the preferred one first. */
export function pathsOf({ path, mount }: Operation): string[] {
  if (mount === 'as-is') return [path];
  return mount === 'v1' ? [`/v1${path}`] : [`/v1${path}`, path];
}
