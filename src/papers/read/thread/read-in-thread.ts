import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, PaperSearchError } from '../../../errors.ts';
import { type InputFile, STDIN } from '../files.ts';
import { type CorpusEvent, readCorpusFile } from '../read-corpus.ts';
import type { CorpusDefaults } from '../reader.ts';
import type { ReadMessage, ReadTask } from './protocol.ts';

/** When this runs from its source, there is no JavaScript file that a thread could start. */
const IS_SOURCE = import.meta.url.endsWith('.ts');
/** From this size on (bytes), a file takes longer than a thread takes to start: a tenth of a second. */
const LARGE = 4 * 1024 * 1024;
/** Memory for new objects (MiB): most live as long as a record, and with more of it fewer are copied on the way. */
const YOUNG_MIB = 64;

/**
 * As `readCorpusFile`, with the same events in the same order; a large file is read in a separate thread, so that parsing and
 * normalising go on while this one stores what was read. From source, in this one.
 * @throws PaperSearchError as `readCorpusFile` does.
 */
export function readCorpus(
  input: InputFile,
  overrides: CorpusDefaults,
  format?: string,
): AsyncIterable<CorpusEvent> {
  return IS_SOURCE ? readCorpusFile(input, overrides, format) : readWhereItFits({ input, overrides, format });
}

async function* readWhereItFits(task: ReadTask): AsyncIterable<CorpusEvent> {
  const { input, overrides, format } = task;
  if (await isLarge(input)) yield* readInThread(new URL('./worker.js', import.meta.url), task);
  else yield* readCorpusFile(input, overrides, format);
}

async function isLarge({ file }: InputFile): Promise<boolean> {
  if (file === STDIN) return false;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true && found.size >= LARGE;
}

/**
 * Reads a file in a thread, which ends when reading does, early or not.
 * @param script that of the thread, `worker.ts` as JavaScript.
 */
export async function* readInThread(script: URL, task: ReadTask): AsyncIterable<CorpusEvent> {
  const worker = new Worker(script, {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  const messages: ReadMessage[] = [];
  let broken: { readonly error: unknown } | undefined;
  let onChange = () => {};
  worker.on('message', (message: ReadMessage) => {
    messages.push(message);
    onChange();
  });
  worker.on('error', (error) => {
    broken = { error };
    onChange();
  });
  worker.on('exit', (code) => {
    broken ??= { error: new Error(`The thread that reads "${task.input.file}" ended with code ${code}.`) };
    onChange();
  });
  try {
    for (;;) {
      const message = messages.shift();
      if (message?.kind === 'end') return;
      if (message?.kind === 'failed') throw failure(message);
      if (message) {
        worker.postMessage('taken');
        yield* JSON.parse(message.json) as CorpusEvent[];
      } else if (broken) throw broken.error;
      else {
        await new Promise<void>((resolve) => {
          onChange = resolve;
        });
      }
    }
  } finally {
    await worker.terminate();
  }
}

function failure({ code, message, details }: ReadMessage & { readonly kind: 'failed' }): Error {
  if (code === undefined) return new Error(message);
  return new PaperSearchError(code as ErrorCode, message, {
    ...(details !== undefined && { details: details as Record<string, unknown> }),
  });
}
