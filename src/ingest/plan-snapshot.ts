import { isDeepStrictEqual } from 'node:util';
import type { MergeDecision } from '../indexes/store/manifest.ts';
import { type Assembled, assemble } from './assemble.ts';
import { MIN_MAPPED } from './map.ts';
import type { Opened } from './open-basis.ts';
import type { Previous } from './previous.ts';
import type { UpdateOptions } from './update-options.ts';

/** What the new snapshot will contain. */
export interface Plan {
  readonly assembled: Assembled;
  readonly keepDuplicates: boolean;
  readonly withoutMap: boolean;
  readonly hasMap: boolean;
  readonly hasSentences: boolean;
  readonly sourcePaths: Readonly<Record<string, string>>;
  readonly decisions: readonly MergeDecision[];
}

/** Assembles the papers from the changed records. */
export async function planSnapshot(opened: Opened, options: UpdateOptions): Promise<Plan> {
  const { basis, records, earlier, sources, decisions } = opened;
  const keepDuplicates = options.keepDuplicates ?? basis?.keepDuplicates ?? false;
  const isGroupedLikewise = keepDuplicates === basis?.keepDuplicates;
  const assembled = await assemble(records, earlier, keepDuplicates, decisions, undefined, isGroupedLikewise);
  const withoutMap = !(options.corpusMap ?? !basis?.withoutMap);
  const hasMap = !withoutMap && assembled.papers.length >= MIN_MAPPED;
  const hasSentences = options.sentenceVectors ?? basis?.sentences !== undefined;
  const sourcePaths = sources.recordOf(records.files());
  return { assembled, keepDuplicates, withoutMap, hasMap, hasSentences, sourcePaths, decisions };
}

/** Whether the new snapshot would be equal to the one that it is based on, which is complete. */
export function isSame(plan: Plan, opened: Opened): opened is Opened & { readonly basis: Previous } {
  const { encoder, engine, basis } = opened;
  return (
    !plan.assembled.changed &&
    !basis?.isUnfinished &&
    isDeepStrictEqual(encoder.model, basis?.model) &&
    engine.name === basis?.keywordEngine &&
    plan.keepDuplicates === basis.keepDuplicates &&
    plan.withoutMap === basis.withoutMap &&
    plan.hasMap === basis.hasMap &&
    plan.hasSentences === (basis.sentences !== undefined) &&
    isDeepStrictEqual(plan.sourcePaths, basis.sourcePaths) &&
    isDeepStrictEqual(plan.decisions, basis.decisions)
  );
}
