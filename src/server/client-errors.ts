import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ERRORS, type ErrorBody, type ErrorCode } from '../errors.ts';
import { addressWithoutBlanks } from './raw-blanks.ts';

/** Bytes of a URL and headers that are read: enough for any URL that is answered with its length. */
export const LARGEST_HEAD = 128 * 1024;

/**
 * Answers what never becomes a request with an `ErrorBody` too: a head that is too large, bytes that are no HTTP. A
 * request of the arXiv API with blanks in its address is sent to the address without.
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
    respond(socket, 'URI_TOO_LONG', `The URL and the headers are larger than ${LARGEST_HEAD} bytes.`);
    return;
  }
  const address = addressWithoutBlanks(error.rawPacket);
  if (address !== undefined) {
    socket.end(
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
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
