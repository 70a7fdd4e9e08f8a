import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A raw connection to a server until the test ends. Its own half stays open whatever the server does. */
export class RawSocket {
  readonly socket: Socket;
  /** All data received so far. */
  received = '';

  static async to(url: string): Promise<RawSocket> {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    onTestFinished(() => {
      socket.destroy();
    });
    await once(socket, 'connect');
    return new RawSocket(socket);
  }

  private constructor(socket: Socket) {
    this.socket = socket;
    // A reset counts as an end.
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (piece: string) => {
      this.received += piece;
    });
  }

  send(bytes: string): void {
    this.socket.write(bytes);
  }

  /** Resolves when the server has ended the connection. @returns all that has come. */
  async ended(): Promise<string> {
    if (!this.socket.readableEnded && !this.socket.destroyed) {
      await Promise.race([once(this.socket, 'end'), once(this.socket, 'close')]);
    }
    return this.received;
  }
}
