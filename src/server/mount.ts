import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import { z } from 'zod';
import { PaperSearchError } from '../errors.ts';
import { methodNotAllowed, toPaperSearchError } from './errors.ts';
import type { Body, Operation } from './operation.ts';
import { parseParameters } from './validate.ts';

/** Most bytes of a body where nothing else is said. */
const LARGEST_BODY = 64 * 1024;

const NONE = z.object({});

/** Reads what comes along with a request that takes no body, and drops it. */
export const dropBody: RequestHandler = express.raw({ type: () => true, limit: LARGEST_BODY });

/**
 * Serves operations: checks what is asked, calls them, and answers other methods of their paths with 405. HEAD is
 * answered like GET, without the body.
 * @param log told of errors that are nobody's request's fault and that an operation answers in its own form.
 * @throws Error when two operations have one id, or one method of one path.
 */
export function mountOperations(operations: readonly Operation[], log: (error: unknown) => void): Router {
  expectUnique(operations);
  const router = Router();
  for (const group of byPath(operations)) {
    // Express takes regular expressions here too; its types do not say so.
    const route = router.route(group.at as string);
    const allowed = group.operations.flatMap(({ method }) =>
      method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
    );
    for (const each of group.operations) route[each.method](...handlersOf(each, log));
    route.all(dropBody, methodNotAllowed(allowed), ...errorHandlersOf(group.operations[0]!, log));
  }
  return router;
}

type Handler = RequestHandler | ErrorRequestHandler;

function handlersOf(operation: Operation, log: (error: unknown) => void): RequestHandler[] {
  const { authorize, body, unknown, parameters = NONE, pathParameters = NONE } = operation;
  const answer: RequestHandler = async (request, response) => {
    const input = {
      query: parseParameters(parameters, request.query, unknown),
      path: parseParameters(pathParameters, { ...request.params }, 'ignore'),
      body: bodyOf(body, request, unknown),
    };
    await operation.handle(request, response, input);
  };
  const handlers: Handler[] = [
    ...(authorize ? [authorize] : []),
    ...parserOf(body),
    answer,
    ...errorHandlersOf(operation, log),
  ];
  // Express takes those for errors here too; its types do not say so.
  return handlers as RequestHandler[];
}

function parserOf(body: Body<z.ZodType> | undefined): RequestHandler[] {
  if (body?.kind === 'stream') return [];
  const limit = body?.limit ?? LARGEST_BODY;
  if (body?.kind === 'json') return [express.json({ limit })];
  if (body?.kind === 'form') return [express.urlencoded({ limit, extended: false })];
  return [dropBody];
}

function bodyOf(body: Body<z.ZodType> | undefined, request: Request, unknown: Operation['unknown']): unknown {
  if (body === undefined || body.kind === 'stream') return undefined;
  const sent: unknown = request.body ?? (body.optional ? {} : undefined);
  if (sent !== undefined) return parseParameters(body.schema, sent, unknown);
  const type = body.kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  const fields = body.schema instanceof z.ZodObject ? Object.keys(body.schema.shape).join(', ') : '';
  throw new PaperSearchError(
    'BAD_REQUEST',
    `Send a body${fields && ` with some of these: ${fields}`}, and the header Content-Type: ${type}.`,
  );
}

function errorHandlersOf({ onError }: Operation, log: (error: unknown) => void): RequestHandler[] {
  if (!onError) return [];
  const handler: ErrorRequestHandler = (
    thrown: unknown,
    request: Request,
    response: Response,
    next: (error: unknown) => void,
  ) => {
    const error = toPaperSearchError(thrown);
    if (error.code === 'INTERNAL') log(thrown);
    if (response.headersSent) next(thrown);
    else onError(error, request, response);
  };
  return [handler as unknown as RequestHandler];
}

interface Group {
  /** What Express matches. */
  readonly at: string | RegExp;
  readonly operations: Operation[];
}

/** Operations by where Express finds them, in the order in which they were declared. */
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

/** Where Express finds an operation. */
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
