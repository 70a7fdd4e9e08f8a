import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import { z } from 'zod';
import { PaperSearchError } from '../../errors.ts';
import { type Engine, withSnapshot } from '../../search/engine.ts';
import { SEARCH_MODES, type SearchMode } from '../../search/mode.ts';
import { Admission } from './admission.ts';
import { failureOf, type LogError, methodNotAllowed } from './errors.ts';
import { notesOf } from './exchange.ts';
import { sendNotModified } from './freshness.ts';
import { type Body, type Operation, pathsOf } from './operation.ts';
import { parseParameters } from './validate.ts';

/** Default limit of a body in bytes. */
const MAX_BODY = 64 * 1024;

const NONE = z.object({});

/** Names the snapshot of an answer, also when the operation fails. */
const SNAPSHOT_HEADER = 'X-Paper-Search-Snapshot';

/** Reads and drops the body of a request that should not have one. */
export const dropBody: RequestHandler = express.raw({ type: () => true, limit: MAX_BODY });

export interface MountOptions {
  /** Provides the snapshots. */
  readonly engine: Engine;
  /** Logs unexpected errors that an operation answers in its own format. */
  readonly log: LogError;
  /** Runs before every operation except monitoring; its errors are answered in the operation's format. */
  readonly limit?: RequestHandler;
  /** Runs before the operations that need no token, except monitoring and public ones. Default: everyone may read. */
  readonly authorizeReading?: RequestHandler | undefined;
  /** Default: a new `Admission` with its defaults. */
  readonly admission?: Admission;
  /** Whether operations that are only under `/v1` are at their short paths too: the prefix of a library has a version. */
  readonly withShortPaths?: boolean;
}

/**
 * Serves operations: validates requests, calls the operations and answers other methods of their paths with 405. HEAD
 * is answered like GET without the body, OPTIONS with the methods.
 * @throws Error when two operations have the same id, or the same method and path.
 */
export function mountOperations(operations: readonly Operation[], options: MountOptions): Router {
  const { log, limit } = options;
  const context = { ...options, admission: options.admission ?? new Admission() };
  const mounted = options.withShortPaths ? operations.map(withShortPath) : operations;
  expectUnique(mounted);
  const router = Router();
  for (const group of byPath(mounted)) {
    // Express accepts regular expressions too, but its types do not.
    const route = router.route(group.at as string);
    const allowed = group.operations.flatMap(({ method }) =>
      method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
    );
    const [first] = group.operations as [Operation];
    route.all(noteRoute(first, group.at));
    if (limit && !first.isMonitoring) route.all(limit);
    for (const each of group.operations) route[each.method](...handlersOf(each, context));
    route.all(dropBody, methodNotAllowed(allowed), ...errorHandlersOf(first, log));
  }
  return router;
}

function withShortPath(operation: Operation): Operation {
  return operation.mount === 'v1' ? { ...operation, mount: 'both' } : operation;
}

type Handler = RequestHandler | ErrorRequestHandler;

type Context = MountOptions & { readonly admission: Admission };

function handlersOf(operation: Operation, context: Context): RequestHandler[] {
  const { engine, log, admission, authorizeReading } = context;
  const { body, unknown, parameters = NONE, pathParameters = NONE, isMonitoring, isPublic } = operation;
  const authorize = operation.authorize ?? (isMonitoring || isPublic ? undefined : authorizeReading);
  const { method, validFor = 'snapshot' } = operation;
  const isTagged = method === 'get' && validFor === 'snapshot' && operation.needs !== 'nothing';
  const answer: RequestHandler = async (request, response) => {
    expectAcceptable(operation, request);
    const input = {
      query: parseParameters(parameters, request.query, unknown),
      path: parseParameters(pathParameters, { ...request.params }, 'ignore'),
      body: bodyOf(body, request, unknown),
    };
    noteMode(response, input.query, input.body);
    if (method === 'get' && !isTagged) {
      response.set('Cache-Control', validFor === 'never' ? 'no-store' : 'no-cache');
    }
    if (operation.needs === 'nothing') {
      if (!operation.isMonitoring) admission.assertOpen();
      await operation.handle(request, response, input);
      return;
    }
    const { handle } = operation;
    await admission.run(response, (signal) =>
      withSnapshot(
        engine,
        async (snapshot) => {
          notesOf(response).snapshot = snapshot.id;
          response.set(SNAPSHOT_HEADER, snapshot.id);
          if (isTagged && sendNotModified(request, response, snapshot.id)) return;
          await handle(request, response, { ...input, snapshot });
        },
        { signal },
      ),
    );
  };
  const handlers: Handler[] = [
    noteOperation(operation),
    ...(authorize ? [authorize] : []),
    ...(operation.identify ? [operation.identify] : []),
    ...parserOf(body),
    answer,
    ...errorHandlersOf(operation, log),
  ];
  // Express accepts error handlers too, but its types do not.
  return handlers as RequestHandler[];
}

function noteRoute(operation: Operation, at: string | RegExp): RequestHandler {
  const paths = pathsOf(operation);
  const route = paths[expressPathsOf(operation).map(String).indexOf(String(at))]!;
  const { isMonitoring = false } = operation;
  return (_request, response, next) => {
    Object.assign(notesOf(response), { route, isMonitoring });
    next();
  };
}

function noteOperation({ id }: Operation): RequestHandler {
  return (_request, response, next) => {
    notesOf(response).operation = id;
    next();
  };
}

/** Only a validated mode becomes a label. */
function noteMode(response: Response, ...inputs: readonly unknown[]): void {
  for (const input of inputs) {
    const { mode } = (input ?? {}) as { readonly mode?: SearchMode };
    if (mode !== undefined && SEARCH_MODES.includes(mode)) notesOf(response).mode = mode;
  }
}

/** Compatible APIs ignore `Accept`, as the originals do. */
function expectAcceptable({ responses, unknown }: Operation, request: Request): void {
  const { content, alternatives } = responses[200] ?? {};
  const available = Object.keys({ ...content, ...alternatives });
  if (unknown === 'ignore' || available.length === 0 || request.accepts(available)) return;
  throw new PaperSearchError(
    'NOT_ACCEPTABLE',
    `None of the types in the header Accept is available. Available: ${available.join(', ')}.`,
    { details: { available } },
  );
}

function parserOf(body: Body<z.ZodType> | undefined): RequestHandler[] {
  if (body?.kind === 'stream') return [];
  const limit = body?.limit ?? MAX_BODY;
  if (body?.kind === 'json') return [withinGrant(limit, (limit) => express.json({ limit }))];
  if (body?.kind === 'form') {
    return [withinGrant(limit, (limit) => express.urlencoded({ limit, extended: false }))];
  }
  return [dropBody];
}

/** A parser with the limit of the operation, or that of the token when it is lower. */
function withinGrant(limit: number, parser: (limit: number) => RequestHandler): RequestHandler {
  const usual = parser(limit);
  return (request, response, next) => {
    const { maxBytes = limit } = notesOf(response).grant ?? {};
    (maxBytes < limit ? parser(maxBytes) : usual)(request, response, next);
  };
}

function bodyOf(body: Body<z.ZodType> | undefined, request: Request, unknown: Operation['unknown']): unknown {
  if (body === undefined || body.kind === 'stream') return undefined;
  const type = body.kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  const hasOther = request.get('Content-Type') !== undefined && request.is(type) === false;
  // A body of another type is not the same as none.
  const sent: unknown = request.body ?? (body.optional && !hasOther ? {} : undefined);
  if (sent !== undefined) return parseParameters(body.schema, sent, unknown);
  const fields = body.schema instanceof z.ZodObject ? Object.keys(body.schema.shape).join(', ') : '';
  throw new PaperSearchError(
    hasOther ? 'UNSUPPORTED_MEDIA_TYPE' : 'BAD_REQUEST',
    `The request has no body of type ${type}. Send one${fields && ` with some of the fields ${fields}`} and the header Content-Type: ${type}.`,
  );
}

function errorHandlersOf({ onError }: Operation, log: LogError): RequestHandler[] {
  if (!onError) return [];
  const handler: ErrorRequestHandler = (
    thrown: unknown,
    request: Request,
    response: Response,
    next: (error: unknown) => void,
  ) => {
    const error = failureOf(thrown, response, log);
    if (response.headersSent) next(thrown);
    else onError(error, request, response);
  };
  return [handler as unknown as RequestHandler];
}

interface Group {
  /** The Express path. */
  readonly at: string | RegExp;
  readonly operations: Operation[];
}

/** Operations by Express path, in the order of their declaration. */
function byPath(operations: readonly Operation[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const operation of operations) {
    for (const at of expressPathsOf(operation)) {
      const group = groups.get(String(at)) ?? { at, operations: [] };
      group.operations.push(operation);
      groups.set(String(at), group);
    }
  }
  return groups.values();
}

/** The Express paths of an operation. */
export function expressPathsOf({ path, expressPath, mount }: Operation): (string | RegExp)[] {
  const at = expressPath ?? path.replace(/\{(\w+)\}/g, ':$1');
  if (mount === 'as-is') return [at];
  const versioned =
    typeof at === 'string' ? `/v1${at}` : new RegExp(at.source.replace(/^\^/, '^\\/v1'), at.flags);
  return mount === 'v1' ? [versioned] : [versioned, at];
}

function expectUnique(operations: readonly Operation[]): void {
  const seen = new Set<string>();
  for (const operation of operations) {
    const { id, method } = operation;
    for (const key of [id, ...expressPathsOf(operation).map((at) => `${method} ${at}`)]) {
      if (seen.has(key)) throw new Error(`Two operations are declared as "${key}".`);
      seen.add(key);
    }
  }
}
