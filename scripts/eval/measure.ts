import { measureRun, type RunMeasures } from '../../src/quality/evaluate/evaluate.ts';
import { retrieve } from '../../src/quality/evaluate/retrieve.ts';
import type { Run } from '../../src/quality/evaluate/run.ts';
import { randomisationTest } from '../../src/quality/evaluate/significance.ts';
import type { Snapshot } from '../../src/search/engine.ts';
import { fusedByRank, type OtherEngine } from './bm25s.ts';
import type { TestCollection } from './collections.ts';
import type { CollectionRecord, JudgmentRecord, ModelRecord, SystemRecord } from './record.ts';
import { SYSTEMS, type System, type SystemName } from './systems.ts';

type Measured = ReadonlyMap<string, ReadonlyMap<SystemName, RunMeasures>>;

/**
 * Measures every system on a collection. A query runs once for all judgments.
 * @param snapshot of its papers. @param depth papers ranked per query.
 * @param say called with progress messages. @param other an engine to compare with, if there is one.
 */
export async function measureCollection(
  snapshot: Snapshot,
  collection: TestCollection,
  depth: number,
  say: (progress: string) => void,
  other?: OtherEngine,
): Promise<CollectionRecord> {
  const measured = await measureSystems(snapshot, collection, SYSTEMS, depth, say, other);
  const { papers } = await snapshot.stats();
  return {
    collection: collection.name,
    papers,
    judgments: Array.from(measured, ([qrels, systems]) => judgmentRecord(qrels, systems)),
  };
}

/** The systems that depend on the embedding model, without those that would have to encode all sentences. */
const BY_MODEL = SYSTEMS.filter(({ name }) => ['semantic', 'hybrid', 'hybrid-rrf', 'related'].includes(name));

/**
 * Measures another embedding model on a collection.
 * @param snapshot with its vectors. @param byDefault what `measureCollection` returned for the default model.
 */
export async function measureModel(
  model: string,
  snapshot: Snapshot,
  collection: TestCollection,
  depth: number,
  say: (progress: string) => void,
  byDefault: CollectionRecord,
): Promise<ModelRecord> {
  const measured = await measureSystems(snapshot, collection, BY_MODEL, depth, say);
  const judgments = Array.from(measured, ([qrels, systems]) => {
    const others = byDefault.judgments.find((each) => each.qrels === qrels)!.systems;
    const compared = (name: SystemName) => {
      const mark = others.find(({ system }) => system === name);
      const found = systems.get(name);
      if (!mark || !found) return undefined;
      return randomisationTest(ndcgOf(found), mark.ndcgPerQuery.split(' ').map(Number));
    };
    return {
      qrels,
      systems: systemRecords(systems),
      hybrid: compared('hybrid')!,
      related: compared('related'),
    };
  });
  return { model, judgments };
}

async function measureSystems(
  snapshot: Snapshot,
  { judged, related }: TestCollection,
  systems: readonly System[],
  depth: number,
  say: (progress: string) => void,
  other?: OtherEngine,
): Promise<Measured> {
  const asked = [...new Map([...judged.values()].flat().map((query) => [query.id, query])).values()];
  const measured = new Map<string, Map<SystemName, RunMeasures>>(
    [...judged.keys()].map((qrels) => [qrels, new Map()]),
  );
  const runs = new Map<SystemName, Run>();
  const keep = (system: SystemName, run: Run) => {
    runs.set(system, run);
    for (const [qrels, queries] of judged) measured.get(qrels)!.set(system, measureRun(run, queries));
  };
  for (const { name: system, label, mode, fusion, fallback, rerank } of systems) {
    if (mode === undefined || (mode === 'related' && !related)) continue;
    const started = performance.now();
    const onProgress = (done: number, total: number) => {
      if (done % 100 === 0 && done < total) say(`${label}: ${done} of ${total} queries`);
    };
    const run = await retrieve(snapshot, asked, { mode, fusion, fallback, rerank, depth, onProgress });
    say(`${label}: ${asked.length} queries in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    keep(system, run);
  }
  if (other) {
    keep('bm25s', await other(snapshot, asked, depth));
    keep('bm25s-rrf', fusedByRank(runs.get('bm25s')!, runs.get('semantic')!));
  }
  return measured;
}

function systemRecords(systems: ReadonlyMap<SystemName, RunMeasures>): SystemRecord[] {
  return Array.from(systems, ([system, { perQuery, queries: _, ...means }]) => ({
    system,
    means,
    ndcgPerQuery: perQuery.map((query) => query['ndcg@10'].toFixed(4)).join(' '),
  }));
}

function ndcgOf({ perQuery }: RunMeasures): number[] {
  return perQuery.map((query) => query['ndcg@10']);
}

function judgmentRecord(qrels: string, systems: ReadonlyMap<SystemName, RunMeasures>): JudgmentRecord {
  const values = (system: SystemName) => ndcgOf(systems.get(system)!);
  const over: SystemName =
    systems.get('keyword')!['ndcg@10'] >= systems.get('semantic')!['ndcg@10'] ? 'keyword' : 'semantic';
  const compared = (system: SystemName, mark: SystemName) =>
    systems.has(mark) ? randomisationTest(values(system), values(mark)) : undefined;
  return {
    qrels,
    queries: systems.get('hybrid')!.queries,
    systems: systemRecords(systems),
    gain: { over, ...randomisationTest(values('hybrid'), values(over)) },
    fallback: randomisationTest(values('hybrid'), values('hybrid-first')),
    gap: randomisationTest(values('verifier'), values('hybrid-first')),
    overBm25s: compared('keyword', 'bm25s'),
    overPlainFusion: compared('hybrid', 'bm25s-rrf'),
  };
}
