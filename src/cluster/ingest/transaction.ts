import { type Encoder, RETRIES_OF_LONG_TASKS } from '../../encode/encoder.ts';
import { PaperSearchError } from '../../errors.ts';
import { vectorKey } from '../../indexes/store/vector-journal.ts';
import type { Group } from '../../ingest/groups.ts';
import { textOf } from '../../ingest/vectors.ts';
import { sleep } from '../../util/pause.ts';
import { isJoining, type Key } from './identity-keys.ts';
import type { Claim, KeyEntry } from './key-store.ts';
import { Busy, isFull, Neighbourhood, type Surroundings } from './neighbourhood.ts';
import type { WantedPaper } from './paper-store.ts';
import { type Component, nameOf, pointersOf, type Regrouped, regroup, type Work } from './regroup.ts';
import type { SeenRecords } from './seen-records.ts';
import type { Worker } from './worker.ts';

/** How often work is done again because others have changed the same papers. Each time, some get on. */
const MAX_ATTEMPTS = 200;
const FIRST_WAIT_MS = 20;
const LAST_WAIT_MS = 2000;

export interface TransactionTools extends Surroundings {
  readonly worker: Worker;
  /** The change that this is part of, and its instant in milliseconds since 1970. */
  readonly change: string;
  readonly instant: number;
  readonly encoder: Encoder;
  readonly seen: SeenRecords;
  /** Called with components before their papers are written, and the name of the transaction. */
  readonly onChange?: ((components: readonly Component[], transaction: string) => Promise<void>) | undefined;
  readonly onEncoding?: ((done: number, total: number) => void) | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What became of work. */
export interface Settled {
  readonly components: readonly Component[];
  readonly groups: readonly Group[];
  /** Records that statuses were noted on. */
  readonly marked: number;
  /** Texts that were encoded. */
  readonly encoded: number;
  /** Papers that share keys with so many others that not all of them were looked at. */
  readonly isCut: boolean;
}

/**
 * Does work on papers of the new snapshot while other workers do theirs. What keys connect with the work is read and
 * grouped again; then all its keys are claimed, each only if it is as it was read; then the papers are written. A component
 * that lost a key to another worker is read again and repeated, so no paper is lost or made twice, and some worker always
 * gets on. After a crash, the same work completes what is there half.
 * @throws PaperSearchError as `ClusterClient.request` and `bulk` do.
 */
export async function apply(work: Work, tools: TransactionTools): Promise<Settled> {
  const { worker, signal } = tools;
  const vectors = new Map<string, Float32Array>();
  const components: Component[] = [];
  let left = work;
  let marked = 0;
  let isCut = false;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    signal?.throwIfAborted();
    if (attempt > 0) await backOff(attempt, signal);
    try {
      const keys = left.read.map((record) => record.keys);
      const hood = await Neighbourhood.of(keys, left.papers ?? [], tools);
      const plan = await regroup(left, hood, tools.seen, tools.instant, tools.keepDuplicates);
      isCut ||= hood.isCut;
      if (attempt === 0) marked = plan.marked;
      const lost = await write(plan, hood, vectors, tools);
      settle(plan, lost, tools.seen);
      components.push(...plan.components.filter((component) => !lost.has(component)));
      if (lost.size === 0) {
        const groups = components.flatMap((component) => component.groups);
        return { components, groups, marked, encoded: vectors.size, isCut };
      }
      left = workOf(left, lost);
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      await worker.waitFor(error.transactions);
    }
  }
  throw new PaperSearchError(
    'INDEX_LOCKED',
    `The same papers were changed meanwhile ${MAX_ATTEMPTS} times in a row. Run this again; if it happens without other workers, the index of keys does not fit the papers: ingest everything again with --rebuild.`,
  );
}

/** Writes what has changed. @returns the components that other workers have changed meanwhile. */
async function write(
  plan: Regrouped,
  hood: Neighbourhood,
  vectors: Map<string, Float32Array>,
  tools: TransactionTools,
): Promise<Set<Component>> {
  const { worker, keys, papers, signal } = tools;
  const changed = plan.components.filter(({ wanted, gone }) => wanted.length + gone.length > 0);
  if (changed.length === 0) return new Set();
  const reused = await vectorsOf(changed, vectors, tools);
  const transaction = worker.begin();
  try {
    const { claims, ownersOf } = claimsOf(changed, hood, transaction, tools.change);
    const lostKeys = await keys.claim(claims, signal);
    const lost = new Set([...lostKeys].flatMap((key) => ownersOf.get(key)!));
    const won = changed.filter((component) => !lost.has(component));
    if (won.length > 0) await tools.onChange?.(won, transaction);
    const { digest } = tools.encoder.model;
    const wanted = won.flatMap((component) =>
      component.wanted.map((each): WantedPaper => {
        const key = vectorKey(textOf(each.paper), digest);
        return { ...each, vector: vectors.get(key) ?? reused.get(key) };
      }),
    );
    const gone = won.flatMap((component) =>
      component.gone.map(({ paper, version }) => ({ id: paper.id, version })),
    );
    // Others may be writing the same papers if they take this worker for dead.
    if (!worker.isTimely()) return new Set(changed);
    const isWritten = await papers.write(wanted, gone, signal);
    // A repeated request may have met its own writing: what is there is read again.
    return isWritten ? lost : new Set(changed);
  } finally {
    await worker.finish();
  }
}

/** Vectors of texts that are there already; encodes the others into `vectors`. */
async function vectorsOf(
  changed: readonly Component[],
  vectors: Map<string, Float32Array>,
  { encoder, papers, signal, onEncoding, onRetry }: TransactionTools,
): Promise<Map<string, Float32Array>> {
  const { digest } = encoder.model;
  const holders = new Map<string, string>();
  const wanted = new Map(
    changed.flatMap((component) => {
      for (const { paper } of component.before) holders.set(vectorKey(textOf(paper), digest), paper.id);
      return component.wanted.map(({ paper }) => {
        const text = textOf(paper);
        return [vectorKey(text, digest), text] as const;
      });
    }),
  );
  const known = [...wanted.keys()].filter((key) => !vectors.has(key) && holders.has(key));
  const stored = await papers.vectors(known.map((key) => holders.get(key)!));
  const reused = new Map(
    known.flatMap((key) => {
      const vector = stored.get(holders.get(key)!);
      return vector ? [[key, vector] as const] : [];
    }),
  );
  const missing = [...wanted].filter(([key]) => !vectors.has(key) && !reused.has(key));
  if (missing.length === 0) return reused;
  const { dimension } = encoder.model;
  const encoding = encoder.encode(
    missing.map(([, text]) => text),
    { signal, onProgress: onEncoding, onRetry, retries: RETRIES_OF_LONG_TASKS },
  );
  const made = await encoding.catch((error: unknown) => {
    // A failure after an abort is caused by the abort.
    signal?.throwIfAborted();
    throw error;
  });
  missing.forEach(([key], n) => {
    vectors.set(key, made.slice(n * dimension, (n + 1) * dimension));
  });
  return reused;
}

/** What the keys of components will name. A key of ids can be of several components. */
function claimsOf(changed: readonly Component[], hood: Neighbourhood, transaction: string, change: string) {
  const ownersOf = new Map<Key, Component[]>();
  const pointers = new Map<Key, { readonly paper: string; readonly file: string }[]>();
  for (const component of changed) {
    for (const [key, named] of pointersOf(component, hood)) {
      ownersOf.set(key, [...(ownersOf.get(key) ?? []), component]);
      pointers.set(key, [...(pointers.get(key) ?? []), ...named]);
    }
  }
  const claims = [...pointers].flatMap(([key, named]): Claim[] => {
    const entry = hood.entries.get(key)!;
    if (isJoining(key) && isFull(entry)) return [];
    return [{ key, ...withPointers(key, entry, named, change), transaction }];
  });
  return { claims, ownersOf };
}

function withPointers(
  key: Key,
  entry: KeyEntry,
  named: readonly { readonly paper: string; readonly file: string }[],
  change: string,
): KeyEntry {
  const isOfIds = !isJoining(key);
  // Papers that are gone stay named: they are deleted last, and are there again if the change is abandoned.
  const kept = entry.papers.map((paper, at) => ({ paper, file: entry.files[at] ?? '' }));
  const inFiles = new Set([...kept, ...named].flatMap(({ paper, file }) => (file === '' ? [] : paper)));
  const pairs = [...kept, ...named].filter(({ paper, file }) => file !== '' || !inFiles.has(paper));
  const all = [...new Map(pairs.map((pair) => [`${pair.paper}\n${pair.file}`, pair])).values()];
  const papers = new Set(all.map(({ paper }) => paper));
  const isNew = all.length > kept.length;
  return {
    papers: all.map(({ paper }) => paper),
    files: isOfIds ? all.map(({ file }) => file) : [],
    transaction: undefined,
    contested: isOfIds && papers.size > 1 && isNew ? change : entry.contested,
    version: entry.version,
  };
}

/** Remembers which records were read. */
function settle(plan: Regrouped, lost: ReadonlySet<Component>, seen: SeenRecords): void {
  for (const component of plan.components) {
    if (lost.has(component)) continue;
    for (const { records } of component.groups) {
      for (const record of records) if (record.line !== undefined) seen.add(nameOf(record), record.line);
    }
  }
}

/** What is left of work for components that were not written. */
function workOf(work: Work, lost: ReadonlySet<Component>): Work {
  const read = new Set([...lost].flatMap((component) => component.read.map(({ record }) => record)));
  const papers = [...lost].flatMap(({ before }) => before.map(({ paper }) => paper.id));
  const isAsked = work.papers !== undefined && work.papers.length > 0;
  return {
    ...work,
    read: work.read.filter((record) => read.has(record)),
    ...(isAsked && { papers }),
  };
}

async function backOff(attempt: number, signal: AbortSignal | undefined): Promise<void> {
  const most = Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10));
  await sleep(most * (0.5 + Math.random() / 2), signal);
}
