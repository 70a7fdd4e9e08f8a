/** The thread that reads a large file, while the main thread stores its records. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, PaperSearchError } from '../../../errors.ts';
import { type CorpusEvent, readCorpusFile } from '../read-corpus.ts';
import { EVENTS_AT_ONCE, MESSAGES_AHEAD, type ReadMessage, type ReadTask } from './protocol.ts';

const port = parentPort!;
const { input, overrides, format }: ReadTask = workerData;
const say = (message: ReadMessage) => port.postMessage(message);

/** Messages that were sent and not taken yet. */
let ahead = 0;
let onTaken = () => {};
port.on('message', () => {
  ahead--;
  onTaken();
});

async function send(events: readonly CorpusEvent[]): Promise<void> {
  while (ahead >= MESSAGES_AHEAD) {
    await new Promise<void>((resolve) => {
      onTaken = resolve;
    });
  }
  ahead++;
  say({ kind: 'events', json: JSON.stringify(events) });
}

try {
  let events: CorpusEvent[] = [];
  for await (const event of readCorpusFile(input, overrides, format)) {
    events.push(event);
    if (events.length < EVENTS_AT_ONCE) continue;
    await send(events);
    events = [];
  }
  if (events.length > 0) await send(events);
  say({ kind: 'end' });
} catch (error) {
  const known = error instanceof PaperSearchError ? error : undefined;
  say({ kind: 'failed', code: known?.code, message: messageOf(error), details: known?.details });
} finally {
  port.unref();
}
