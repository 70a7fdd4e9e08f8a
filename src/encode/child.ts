/**
 * The encoder's own process. The model runs synchronously, so in a server's process it would stop every
 * other request for as long; and a crash inside native code would take the server with it.
 */
import { constants, setPriority } from 'node:os';
import { messageOf, PaperSearchError } from '../errors.ts';
import { createLocalEncoder } from './local-encoder.ts';
import type { Model } from './models/model.ts';
import type { EncodeRequest, EncoderMessage } from './protocol.ts';

function say(message: EncoderMessage): void {
  process.send?.(message);
}

// The parent has exited, perhaps killed: there is no one to answer.
process.on('disconnect', () => process.exit(0));
// Only the parent ends this process: a signal to the whole service would fail requests that are still being answered.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

try {
  // Its threads take every core they can get. The server's one thread comes first: a keyword query should not wait
  // for others' questions to be encoded.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not allowed everywhere; then the priorities stay equal.
}

/** Checked by the parent. */
const [model] = process.argv.slice(2).map((text): Model => JSON.parse(text));
const loading = createLocalEncoder({ model, onConvert: () => say({ kind: 'converting' }) });
loading.catch((error: unknown) => {
  const code = error instanceof PaperSearchError ? error.code : 'MODEL_UNAVAILABLE';
  say({ kind: 'unavailable', code, message: messageOf(error) });
});

process.on('message', async ({ id, texts }: EncodeRequest) => {
  try {
    const encoder = await loading;
    say({ kind: 'vectors', id, vectors: await encoder.encode(texts) });
  } catch (error) {
    say({ kind: 'failed', id, message: messageOf(error) });
  }
});
