import { onTestFinished } from 'vitest';
import { type AppOptions, createApp } from '../../src/serve/http/app.ts';
import type { Exchange } from '../../src/serve/http/exchange.ts';
import { FakeSearcher } from './fake-searcher.ts';
import { listening } from './listening.ts';

export interface ServedApp {
  readonly url: string;
  readonly searcher: FakeSearcher;
  readonly logged: unknown[];
  readonly exchanges: Exchange[];
}

/** An app over a fake searcher, served until the test ends, and what it tells. */
export async function servedApp(options: Partial<AppOptions> = {}): Promise<ServedApp> {
  const searcher = new FakeSearcher();
  const logged: unknown[] = [];
  const exchanges: Exchange[] = [];
  const app = createApp({
    searcher,
    log: (error) => logged.push(error),
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  });
  const { url, close } = await listening(app);
  onTestFinished(() => close());
  return { url, searcher, logged, exchanges };
}
