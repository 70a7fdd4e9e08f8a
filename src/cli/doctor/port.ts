import { once } from 'node:events';
import { createServer } from 'node:net';
import { messageOf } from '../../errors.ts';
import { type Check, ok, warning } from './check.ts';

/** How long the process that has the port may take to answer (milliseconds). */
const PATIENCE_MS = 1000;

/** Whether `serve` can listen on the port, or which program uses it. */
export async function portCheck(host: string, port: number): Promise<Check> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, 'listening');
    server.close();
    return ok('port', `${host}:${port} is free`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
      return warning(
        'port',
        `${host}:${port}: ${messageOf(error)}`,
        'Choose another --host or --port for "paper-search serve".',
      );
    }
    const papers = await papersServedAt(host, port);
    return papers === undefined
      ? warning(
          'port',
          `${host}:${port} is used by another program`,
          'Choose another port with "paper-search serve --port N".',
        )
      : ok('port', `paper-search serves ${papers} papers at ${host}:${port}`);
  }
}

async function papersServedAt(host: string, port: number): Promise<number | undefined> {
  try {
    const name = host.includes(':') ? `[${host}]` : host;
    const response = await fetch(`http://${name}:${port}/health`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { snapshot, papers } = (await response.json()) as { snapshot?: unknown; papers?: unknown };
    return typeof snapshot === 'string' && typeof papers === 'number' ? papers : undefined;
  } catch {
    return undefined;
  }
}
