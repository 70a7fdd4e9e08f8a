import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ERRORS, type ErrorBody, type ErrorCode } from '../../errors.ts';
import { encodedUrl } from './raw-spaces.ts';

/** Limit for the URL and headers of a request in bytes; large enough to answer a long URL with URI_TOO_LONG. */
export const MAX_HEAD = 128 * 1024;

/** Time that a client has to read such an answer (milliseconds). */
const LINGER_MS = 2000;

/**
 * Answers connections that never become a request with an `ErrorBody`: a head that is too large or late, or bytes that
 * are not HTTP. A request of the arXiv API with spaces in its URL is redirected to the encoded URL. For the event
 * `clientError` of a server.
 */
export function answerClientError(
  error: NodeJS.ErrnoException & { readonly rawPacket?: Uint8Array },
  socket: Duplex,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    respond(
      socket,
      'URI_TOO_LONG',
      `The URL and the headers have more than ${MAX_HEAD} bytes. Send a shorter URL.`,
    );
    return;
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    respond(socket, 'REQUEST_TIMEOUT', 'The request took too long to arrive. Send it again.');
    return;
  }
  const url = encodedUrl(error.rawPacket);
  if (url !== undefined) {
    finish(
      socket,
      [
        'HTTP/1.1 308 Permanent Redirect',
        `Location: ${url}`,
        'Content-Length: 0',
        'Connection: close',
        '',
        '',
      ].join('\r\n'),
    );
  } else {
    respond(socket, 'BAD_REQUEST', 'This is not a complete HTTP request.');
  }
}

function respond(socket: Duplex, code: ErrorCode, message: string): void {
  const { status } = ERRORS[code];
  const content: ErrorBody = { error: { code, message } };
  const body = JSON.stringify(content);
  const answer = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
  finish(socket, answer);
}

/** Sends the last answer on a connection. */
function finish(socket: Duplex, answer: string): void {
  socket.end(answer);
  // If the connection closed while bytes arrive, it would be reset and the answer lost; without the timer it could stay
  // open for ever.
  socket.on('error', () => {}).resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
