/**
 * The encoder's own process. The model runs synchronously, so in a server's process it would stop every
 * other request for as long; and a crash inside native code would take the server with it.
 */
import { messageOf, PaperSearchError } from '../errors.ts';
import type { Encoder } from './encoder.ts';
import { createLocalEncoder } from './local-encoder.ts';
import type { EncodeRequest, EncoderMessage } from './protocol.ts';

function say(message: EncoderMessage): void {
  process.send?.(message);
}

// The parent is gone, perhaps killed: nobody is left to answer.
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when this process ends.
process.on('SIGINT', () => {});

async function start(): Promise<Encoder | undefined> {
  try {
    const encoder = await createLocalEncoder({ onConvert: () => say({ kind: 'converting' }) });
    say({ kind: 'ready' });
    return encoder;
  } catch (error) {
    const code = error instanceof PaperSearchError ? error.code : 'MODEL_UNAVAILABLE';
    say({ kind: 'unavailable', code, message: messageOf(error) });
    return undefined;
  }
}

const encoder = await start();

process.on('message', async ({ id, texts }: EncodeRequest) => {
  if (!encoder) return;
  try {
    say({ kind: 'vectors', id, vectors: await encoder.encode(texts) });
  } catch (error) {
    say({ kind: 'failed', id, message: messageOf(error) });
  }
});
