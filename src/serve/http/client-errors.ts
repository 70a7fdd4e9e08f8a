import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ERRORS, type ErrorBody, type ErrorCode } from '../../errors.ts';
import { addressWithoutBlanks } from './raw-blanks.ts';

/** Bytes of a URL and headers that are read: enough for any URL that is answered with its length. */
export const MAX_HEAD = 128 * 1024;

/** How long a client may take to read such an answer (milliseconds). */
const LINGER_MS = 2000;

/**
 * Answers what never becomes a request with an `ErrorBody` too: a head that is too large or does not arrive in time,
 * bytes that are no HTTP. A request of the arXiv API with blanks in its address is sent to the address without.
 * For the event `clientError` of a server.
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
    respond(socket, 'URI_TOO_LONG', `The URL and the headers are larger than ${MAX_HEAD} bytes.`);
    return;
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    respond(socket, 'REQUEST_TIMEOUT', 'The request took too long to arrive.');
    return;
  }
  const address = addressWithoutBlanks(error.rawPacket);
  if (address !== undefined) {
    finish(
      socket,
      [
        'HTTP/1.1 308 Permanent Redirect',
        `Location: ${address}`,
        'Content-Length: 0',
        'Connection: close',
        '',
        '',
      ].join('\r\n'),
    );
  } else {
    respond(socket, 'BAD_REQUEST', 'This is no complete HTTP request.');
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

/** Sends the last answer of a connection. */
function finish(socket: Duplex, answer: string): void {
  socket.end(answer);
  // Closed while bytes arrive, it would be reset, and the answer lost; left open, it may stay so for ever.
  socket.on('error', () => {}).resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
