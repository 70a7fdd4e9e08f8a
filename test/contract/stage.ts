import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Snapshot } from '../../src/search/engine.ts';
import { createApp } from '../../src/serve/http/app.ts';

import { listening } from '../support/listening.ts';
import type { Asked } from './ask.ts';
import type { StateName } from './case.ts';
import type { CorpusUnderTest, EngineUnderTest, FollowingEngine } from './engines/engine-under-test.ts';
import { wideCorpus } from './wide.ts';

const FOLDER = new URL('corpus/', import.meta.url).pathname;
/** Papers that are taken out after the second ingest. */
const REMOVED = ['photo-2', 'worms-3'];

/** The snapshots of the contract in an engine, and what is served over them. */
export interface Stage {
  /** What the questions on a snapshot are asked of. */
  readonly asked: Readonly<Record<StateName, Asked>>;
  /** What is asked to change in a test. */
  readonly corpus: CorpusUnderTest;
  readonly following: FollowingEngine;
  /** Closes engines and removes corpora. */
  close(): Promise<void>;
}

/**
 * Ingests two files, acquires the snapshot `first`, then ingests a third and removes papers: `later`. Both stay acquired, so
 * that all questions on `first` are asked when it is no longer the newest. `wide` is a corpus of its own.
 */
export async function stageOf(engine: EngineUnderTest): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-contract-'));
  const closing: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.reverse()) await step();
  };
  try {
    const corpus = await engine.create('papers');
    closing.push(() => corpus.dispose());
    await corpus.ingest([`${FOLDER}papers.jsonl`, `${FOLDER}dblp.jsonl`]);
    const following = await corpus.open();
    const first = await following.engine.acquire();
    const between = await instantBetween();
    await corpus.ingest([`${FOLDER}later.jsonl`]);
    await corpus.remove(REMOVED);
    await following.refresh();
    const later = await following.engine.acquire();
    const wideFile = join(folder, 'wide.jsonl');
    await writeFile(wideFile, wideCorpus());
    const wideCorpusUnderTest = await engine.create('wide');
    closing.push(() => wideCorpusUnderTest.dispose());
    await wideCorpusUnderTest.ingest([wideFile]);
    const wide = await (await wideCorpusUnderTest.open()).engine.acquire();
    const served = await listening(createApp({ engine: following.engine, log: console.error }));
    closing.push(() => served.close());
    for (const snapshot of [first, later, wide]) closing.push(() => snapshot[Symbol.asyncDispose]());
    const asked = (snapshot: Snapshot): Asked => ({ snapshot, url: served.url, between });
    return {
      asked: { first: asked(first), later: asked(later), wide: asked(wide) },
      corpus,
      following,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** An instant that is later than all that has happened, and earlier than all that will. */
async function instantBetween(): Promise<string> {
  await pause(5);
  const now = new Date().toISOString();
  await pause(5);
  return now;
}
