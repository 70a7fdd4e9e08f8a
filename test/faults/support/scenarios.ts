import { join } from 'node:path';
import { PaperSearchError } from '../../../src/errors.ts';
import type { Tuning } from '../../../src/indexes/store/manifest.ts';
import { publishTuning } from '../../../src/indexes/store/publish-tuning.ts';
import { FetchFolder } from '../../../src/ingest/fetch/fetch-folder.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { remove } from '../../../src/ingest/remove.ts';
import { dropTuning } from '../../../src/quality/tune/tune.ts';
import { withSpooled } from '../../../src/serve/live/spool.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { disk } from './faulty-disk.ts';
import { stateOfIndex } from './index-state.ts';
import { realFs } from './real-fs.ts';

/** A change on disk that faults are injected into. Every function gets the folder that it works in. */
export interface Scenario {
  readonly name: string;
  /** Makes the state before the change. */
  readonly prepare: (place: string) => Promise<void>;
  /** The change; repeated until it succeeds. */
  readonly change: (place: string) => Promise<void>;
  /** The state as text: that before or that after the change, at any time. */
  readonly stateOf: (place: string) => Promise<string>;
  /** Files, relative to the folder, that may remain after a failed change was repeated. */
  readonly mayStay?: RegExp | undefined;
}

type Texts = Readonly<Record<string, string>>;

/** Three papers that the query finds. */
const BEFORE: Texts = {
  a: 'Crash safety of search indexes',
  b: 'Journals and snapshots',
  c: 'A fault at every step',
};
/** One paper added, one changed, one removed. */
const AFTER: Texts = {
  a: BEFORE.a!,
  b: 'Journals, snapshots and safety',
  d: 'Indexes that survive a crash',
  e: 'Renaming is atomic',
};

const TUNING: Tuning = {
  lexicalShare: 0.4,
  papers: 3,
  seed: 1,
  figures: {
    fit: { queries: 60, default: 0.5, tuned: 0.6, p: 0.01 },
    check: { queries: 60, default: 0.5, tuned: 0.6, p: 0.01 },
  },
};

const indexOf = (place: string) => join(place, 'index');
const corpusOf = (place: string) => join(place, 'corpus', 'papers.jsonl');

function writeCorpus(place: string, texts: Texts, file = corpusOf(place)): void {
  realFs.mkdirSync(join(file, '..'), { recursive: true });
  const lines = Object.entries(texts).map(
    ([id, title]) => `${JSON.stringify({ id, title, abstract: `${title}, told at length.` })}\n`,
  );
  realFs.writeFileSync(file, lines.join(''));
}

/** Inside the folder, so that all stored paths are the same in every copy of it. */
async function within<T>(place: string, work: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(place);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
}

async function ingestCorpus(
  place: string,
  signal?: AbortSignal,
  encoder = new HashingEncoder(),
): Promise<void> {
  const options = { index: indexOf(place), replaceSource: true, encoder, signal };
  await within(place, () => ingest([join('corpus', 'papers.jsonl')], options));
}

const onIndex = { stateOf: (place: string) => stateOfIndex(indexOf(place)) };

const firstIngest: Scenario = {
  ...onIndex,
  name: 'first ingest',
  prepare: async (place) => writeCorpus(place, BEFORE),
  change: (place) => ingestCorpus(place),
};

const update: Scenario = {
  ...onIndex,
  name: 'update',
  prepare: async (place) => {
    writeCorpus(place, BEFORE);
    await ingestCorpus(place);
    writeCorpus(place, AFTER);
  },
  change: (place) => ingestCorpus(place),
};

/** Enough papers that the files of those that stay are kept. */
const MANY: Texts = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}`, `Crash number ${n}`]));

async function ingestKeeping(place: string): Promise<void> {
  const options = { index: indexOf(place), replaceSource: true, encoder: new HashingEncoder(), keptFrom: 1 };
  await within(place, () => ingest([join('corpus', 'papers.jsonl')], options));
}

const keeping: Scenario = {
  ...onIndex,
  name: 'update that keeps the files of papers and vectors',
  prepare: async (place) => {
    writeCorpus(place, MANY);
    await ingestCorpus(place);
    // So that the later files are there, and something is to be cleaned up.
    writeCorpus(place, { ...MANY, m1: 'Another crash' });
    await ingestKeeping(place);
    writeCorpus(place, { ...MANY, m1: 'Another crash', m0: 'One more crash' });
  },
  change: ingestKeeping,
};

const compaction: Scenario = {
  ...onIndex,
  name: 'update that removes an old snapshot',
  prepare: async (place) => {
    writeCorpus(place, { z: 'Safety first' });
    await ingestCorpus(place);
    await update.prepare(place);
  },
  change: (place) => ingestCorpus(place),
};

const removal: Scenario = {
  ...onIndex,
  name: 'remove',
  prepare: async (place) => {
    writeCorpus(place, BEFORE);
    await ingestCorpus(place);
  },
  change: async (place) => {
    const options = { index: indexOf(place), encoder: new HashingEncoder() };
    await within(place, () => remove({ ids: ['b'] }, options)).catch((error: { code?: string }) => {
      // Papers that were removed at the first attempt cannot be removed again.
      if (error.code !== 'NOT_FOUND') throw error;
    });
  },
  // Removing nothing is not a successful change; the next one cleans up.
  mayStay: /^index\/(?:encoding\.journal$|(?:snapshot|records)\.)/,
};

const resumption: Scenario = {
  ...onIndex,
  name: 'resumption of a stopped ingest',
  prepare: async (place) => {
    await update.prepare(place);
    const stop = new AbortController();
    const encoder = new HashingEncoder();
    const encode = encoder.encode.bind(encoder);
    encoder.encode = (texts, options) =>
      encode(texts, { ...options, onProgress: (done) => done === 2 && stop.abort(new Error('stopped')) });
    await ingestCorpus(place, stop.signal, encoder).catch(() => {});
  },
  change: (place) => ingestCorpus(place),
};

const tuning: Scenario = {
  ...onIndex,
  name: 'publication of weights',
  prepare: async (place) => {
    writeCorpus(place, BEFORE);
    await ingestCorpus(place);
  },
  change: async (place) => {
    await publishTuning(indexOf(place), TUNING);
  },
};

const untuning: Scenario = {
  ...onIndex,
  name: 'return to the default weights',
  prepare: async (place) => {
    await tuning.prepare(place);
    await tuning.change(place);
    // So that there is something to clean up.
    await publishTuning(indexOf(place), { ...TUNING, seed: 2 });
  },
  change: async (place) => {
    await dropTuning({ index: indexOf(place) });
  },
};

const posting: Scenario = {
  ...onIndex,
  name: 'papers that were sent',
  prepare: async (place) => {
    writeCorpus(place, BEFORE);
    await ingestCorpus(place);
    realFs.mkdirSync(join(place, 'tmp'));
    writeCorpus(place, AFTER, join(place, 'sent.jsonl'));
  },
  // As a server does, but in this process: a child process would have a disk of its own.
  change: async (place) => {
    const sent = disk.aside(() => realFs.readFileSync(join(place, 'sent.jsonl')));
    process.env.TMPDIR = join(place, 'tmp');
    try {
      await withSpooled(piecesOf(sent), async (descriptor) => {
        disk.aside(() => realFs.writeFileSync(corpusOf(place), realFs.readFileSync(descriptor)));
        await ingestCorpus(place);
      });
    } finally {
      delete process.env.TMPDIR;
    }
  },
  // A folder of its own in the system's temporary folder, which the system cleans up.
  mayStay: /^tmp\//,
};

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 100) yield bytes.subarray(start, start + 100);
}

const fetching: Scenario = {
  name: 'pages that were fetched',
  prepare: (place) => fetchPages(place, ['1.json', '2.json'], 'before'),
  change: (place) => fetchPages(place, ['1.json', '3.json'], 'after'),
  stateOf: async (place) => {
    const folder = await FetchFolder.reopen(join(place, 'fetched'));
    if (!folder) throw new Error('The state is missing.');
    const { pages, run } = folder.state;
    const files = realFs.readdirSync(join(place, 'fetched')).filter((name) => !name.startsWith('.'));
    const present = files.map((file) => realFs.readFileSync(join(place, 'fetched', file), 'utf8'));
    if (!present.every((content) => /^(before|after) \d\.json$/.test(content))) {
      throw new Error(`A page is incomplete: ${JSON.stringify(present)}`);
    }
    if (run) return 'under way';
    const names = pages.map(({ file }) => file).sort();
    if (names.join() !== files.sort().join())
      throw new Error(`Pages ${names} are recorded, but ${files} exist.`);
    return present.join();
  },
};

/** A complete fetch of these pages. */
async function fetchPages(place: string, files: readonly string[], content: string): Promise<void> {
  const selection = { query: 'crash' };
  const folder = await FetchFolder.open(join(place, 'fetched'), 'openalex', selection);
  const startedAt = '2026-01-01T00:00:00.000Z';
  let run = { startedAt, selection, full: true, firstNumber: 1, papers: 0, files: [] as string[] };
  await folder.saveRun(run);
  for (const file of files) {
    run = { ...run, files: [...run.files, file] };
    await folder.savePage(run, { file }, Buffer.from(`${content} ${file}`));
  }
  await folder.finish(run);
}

/** An encoder that cannot be loaded. */
class MissingEncoder extends HashingEncoder {
  override async encode(): Promise<Float32Array> {
    throw new PaperSearchError('MODEL_UNAVAILABLE', 'The model is not there.');
  }
}

/** Publishes the papers without vectors, and then fails for want of a model. */
async function ingestWithoutModel(place: string): Promise<void> {
  await ingestCorpus(place, undefined, new MissingEncoder()).catch((error: unknown) => {
    if (!(error instanceof PaperSearchError) || error.code !== 'MODEL_UNAVAILABLE') throw error;
  });
}

const unfinishedUpdate: Scenario = {
  ...onIndex,
  name: 'update whose papers are published without vectors',
  prepare: update.prepare,
  change: ingestWithoutModel,
};

const completion: Scenario = {
  ...onIndex,
  name: 'completion of a snapshot without vectors',
  prepare: async (place) => {
    await update.prepare(place);
    await ingestWithoutModel(place);
  },
  change: (place) => ingestCorpus(place),
};

export const SCENARIOS: readonly Scenario[] = [
  firstIngest,
  update,
  keeping,
  compaction,
  removal,
  resumption,
  unfinishedUpdate,
  completion,
  tuning,
  untuning,
  posting,
  fetching,
];
