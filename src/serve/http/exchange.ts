import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { SearchMode } from '../../search/mode.ts';

/** A request and what became of it. Nothing in it but `url` tells what was asked for. */
export interface Exchange {
  /** Of the request, as it or this server named it; also in the header `X-Request-Id` of the answer. */
  readonly id: string;
  readonly method: string;
  /** The pattern of the path, as `/v1/papers/{id}`; `page` for the web page, `none` where nothing is. */
  readonly route: string;
  /** Of the answer; 499 when the client was gone before its end. */
  readonly status: number;
  readonly durationMs: number;
  /** Written to the connection meanwhile, head included. */
  readonly bytes: number;
  /** The snapshot that was current; undefined where none was looked at. */
  readonly snapshot: string | undefined;
  /** How was searched; undefined for what is no search. */
  readonly mode: SearchMode | undefined;
  /** For watching the server, not for using it. */
  readonly isMonitoring: boolean;
  readonly url: string;
}

/** What is learnt of a request on its way, in `response.locals`. */
interface Notes {
  requestId: string;
  route: string;
  snapshot?: string;
  mode?: SearchMode;
  isMonitoring?: boolean;
}

/** As nginx logs it: the client closed the connection. */
const CLIENT_GONE = 499;
/** What a name for a request may be: it goes into a header and into logs. */
const SANE_ID = /^[\w.:-]{1,64}$/;

/** Names each request, and tells of it when its answer has been sent or its client is gone. */
export function observed(onExchange: (exchange: Exchange) => void): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const { socket, method, originalUrl: url } = request;
    const bytesBefore = socket.bytesWritten;
    const given = request.get('X-Request-Id') ?? '';
    const notes = notesOf(response);
    notes.requestId = SANE_ID.test(given) ? given : randomUUID();
    notes.route = 'none';
    response.set('X-Request-Id', notes.requestId);
    let sent = false;
    response.once('finish', () => {
      // A connection that breaks finishes what was to be sent over it, too.
      sent = !socket.destroyed;
    });
    response.once('close', () => {
      const { requestId: id, route, snapshot, mode, isMonitoring = false } = notes;
      onExchange({
        id,
        method,
        route,
        status: sent ? response.statusCode : CLIENT_GONE,
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

/** What is known of a request so far, to be added to. */
export function notesOf(response: Response): Notes {
  return response.locals as Notes;
}

/** Notes which route answers. */
export function routed(route: string): RequestHandler {
  return (_request: Request, response, next) => {
    notesOf(response).route = route;
    next();
  };
}
