import { onTestFinished } from 'vitest';
import { type AppOptions, createApp } from '../../src/serve/http/app.ts';
import type { Exchange } from '../../src/serve/http/exchange.ts';
import { FakeEngine, FakeSnapshot } from './fake-engine.ts';
import { listening } from './listening.ts';

export interface ServedApp {
  readonly url: string;
  readonly snapshot: FakeSnapshot;
  readonly logged: unknown[];
  readonly exchanges: Exchange[];
}

/** An app over a fake engine, served until the test ends, and its reports. */
export async function servedApp(options: Partial<AppOptions> = {}): Promise<ServedApp> {
  const snapshot = new FakeSnapshot();
  const logged: unknown[] = [];
  const exchanges: Exchange[] = [];
  const app = createApp({
    engine: new FakeEngine(snapshot),
    log: (error) => logged.push(error),
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  });
  const { url, close } = await listening(app);
  onTestFinished(() => close());
  return { url, snapshot, logged, exchanges };
}
