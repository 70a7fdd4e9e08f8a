import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { SearchMode } from '../../search/mode.ts';
import type { Grant } from '../access/access.ts';

/** A finished request. Only `url` contains what was searched for. */
export interface Exchange {
  /** The id of the request, from the client or generated; also in the header `X-Request-Id` of the answer. */
  readonly id: string;
  readonly method: string;
  /** The pattern of the path, such as `/v1/papers/{id}`; `page` for the web page, `none` for an unknown path. */
  readonly route: string;
  /** The name of the library; undefined for a path without one. */
  readonly library: string | undefined;
  /** The status of the answer; 499 when the client disconnected before its end. */
  readonly status: number;
  readonly durationMs: number;
  /** Bytes written to the connection, headers included. */
  readonly bytes: number;
  /** The snapshot that the request used; undefined if it used none. */
  readonly snapshot: string | undefined;
  /** The search mode; undefined when the request is not a search. */
  readonly mode: SearchMode | undefined;
  /** Whether it is a monitoring request. */
  readonly isMonitoring: boolean;
  readonly url: string;
}

/** What middleware notes about a request, in `response.locals`. */
interface Notes {
  requestId: string;
  route: string;
  library?: string;
  snapshot?: string;
  mode?: SearchMode;
  isMonitoring?: boolean;
  /** Who sent the request, if it needed a token. */
  grant?: Grant;
  /** The id of the operation. */
  operation?: string;
  /** Papers that the request added, changed or removed. */
  papers?: number;
}

/** The status nginx logs when the client closed the connection. */
export const CLIENT_CLOSED_REQUEST = 499;
/** Allowed request ids: they are written to a header and to logs. */
const VALID_ID = /^[\w.:-]{1,64}$/;

/** Gives each request an id, and reports it when its answer was sent or its client disconnected. */
export function observed(onExchange: (exchange: Exchange) => void): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const { socket, method, originalUrl: url } = request;
    const bytesBefore = socket.bytesWritten;
    const given = request.get('X-Request-Id') ?? '';
    const notes = notesOf(response);
    notes.requestId = VALID_ID.test(given) ? given : randomUUID();
    notes.route = 'none';
    response.set('X-Request-Id', notes.requestId);
    let sent = false;
    response.once('finish', () => {
      // `finish` is also emitted for a connection that breaks.
      sent = !socket.destroyed;
    });
    response.once('close', () => {
      const { requestId: id, route, library, snapshot, mode, isMonitoring = false } = notes;
      onExchange({
        id,
        method,
        route,
        library,
        status: sent ? response.statusCode : CLIENT_CLOSED_REQUEST,
        durationMs: performance.now() - started,
        bytes: socket.bytesWritten - bytesBefore,
        snapshot,
        mode,
        isMonitoring,
        url,
      });
    });
    next();
  };
}

/** The notes about a request; middleware adds to them. */
export function notesOf(response: Response): Notes {
  return response.locals as Notes;
}

/** Notes the route of a request. */
export function routed(route: string): RequestHandler {
  return (_request: Request, response, next) => {
    notesOf(response).route = route;
    next();
  };
}
