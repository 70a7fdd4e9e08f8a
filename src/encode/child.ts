/**
 * A model's own process. The model runs synchronously, so in a server's process it would stop every
 * other request for as long; and a crash inside native code would take the server with it.
 */
import { constants, setPriority } from 'node:os';
import { messageOf, PaperSearchError } from '../errors.ts';
import { createLocalEncoder } from './local-encoder.ts';
import { createLocalScorer } from './local-scorer.ts';
import { isReranker } from './models/tasks.ts';
import type { ModelMessage, ModelRequest, ModelSetup, NumberedRequest } from './protocol.ts';
import { TaskQueue } from './task-queue.ts';

function say(message: ModelMessage): void {
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
const { model, threads }: ModelSetup = JSON.parse(process.argv[2] ?? '{}');
const loading = load();
loading.catch((error: unknown) => {
  const code = error instanceof PaperSearchError ? error.code : 'MODEL_UNAVAILABLE';
  say({ kind: 'unavailable', code, message: messageOf(error) });
});

const queue = new TaskQueue();
process.on('message', ({ id, ...request }: NumberedRequest) => {
  queue.add(async () => {
    try {
      const run = await loading;
      say({ kind: 'done', id, numbers: await run(request) });
    } catch (error) {
      say({ kind: 'failed', id, message: messageOf(error) });
    }
  }, isQuestion(request));
});

/** Whether someone waits for the vector of a question: texts of papers can wait for it. */
function isQuestion(request: ModelRequest): boolean {
  return 'texts' in request && request.texts.every((text) => typeof text === 'string');
}

/** What the model does with a request. */
async function load(): Promise<(request: ModelRequest) => Promise<Float32Array>> {
  const wrong = () => Promise.reject(new Error('was asked for something that its model does not do'));
  if (model && isReranker(model)) {
    const scorer = await createLocalScorer(model);
    return (request) => ('query' in request ? scorer.score(request.query, request.passages) : wrong());
  }
  const encoder = await createLocalEncoder({ model, threads, onConvert: () => say({ kind: 'converting' }) });
  return (request) => {
    if (!('texts' in request)) return wrong();
    return encoder.encode(request.texts, isQuestion(request) ? {} : { pause: () => queue.pause() });
  };
}
