import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from './ask.ts';
import { testBehaviours } from './behaviours.ts';
import type { Case, Wanted } from './case.ts';
import { BY_HAND } from './cases/by-hand.ts';
import { differences, EXACT, OF_CLUSTER, OF_CLUSTER_WITH_CANDIDATES } from './difference.ts';
import type { EngineUnderTest } from './engines/engine-under-test.ts';
import { GROUPS, type GroupName, record, recordedAnswers } from './recorded.ts';
import { type Stage, stageOf } from './stage.ts';

/** Set to write the answers of the embedded engine to `recorded/`, for a reviewer to read what changed. */
const isUpdate = process.env.UPDATE_CONTRACT !== undefined;

/** Differences of an answer that a test that fails says. */
const MAX_SHOWN = 20;

/** Tests that an engine keeps to the contract. */
export function testContract(engine: EngineUnderTest): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await stageOf(engine);
  }, 600_000);
  afterAll(() => stage?.close());

  describe('by hand', () => {
    test.each(BY_HAND)('%s', async (_, question, wanted) => {
      expectAnswer(await answerOf(question, stage.asked[question.on ?? 'first']), wanted);
    });
  });

  describe.each(Object.keys(GROUPS) as GroupName[])('%s', (group) => {
    const cases: Readonly<Record<string, Case>> = GROUPS[group];
    const writes = isUpdate && engine.name === 'embedded';
    const wanted = writes ? {} : recordedAnswers(group);
    const answers: Record<string, unknown> = {};
    if (writes) afterAll(() => record(group, answers));

    test.each(Object.entries(cases))('%s', async (name, question) => {
      const { on = 'first' } = question;
      const answer = await answerOf(question, stage.asked[on]);
      answers[name] = answer;
      if (writes) return;
      const exact = on === 'wide' ? OF_CLUSTER_WITH_CANDIDATES : OF_CLUSTER;
      const found = differences(wanted[name], answer, engine.name === 'embedded' ? EXACT : exact);
      if (found.length > 0) expect.fail(found.slice(0, MAX_SHOWN).join('\n'));
    });

    test.skipIf(writes)('has no recorded answer without a case', () => {
      expect(Object.keys(wanted).filter((name) => !(name in cases))).toEqual([]);
    });
  });

  testBehaviours(() => stage);
}

function expectAnswer(answer: unknown, { ids, set, begins, total, like, error }: Wanted): void {
  if (error !== undefined) expect(answer).toMatchObject({ error: { code: error } });
  else expect(answer).not.toHaveProperty('error');
  if (ids) expect(idsIn(answer)).toEqual(ids);
  if (set) expect(idsIn(answer).sort()).toEqual([...set].sort());
  if (begins) expect(idsIn(answer).slice(0, begins.length)).toEqual(begins);
  if (total !== undefined) expect(answer).toMatchObject({ total });
  if (typeof like === 'object') expect(answer).toMatchObject(like!);
  else if (like !== undefined) expect(answer).toEqual(like);
}

/** The ids of the papers of an answer: of its hits, or of the list that it is. */
function idsIn(answer: unknown): unknown[] {
  const { hits = answer } = answer as { readonly hits?: unknown };
  return (hits as (string | { readonly paper: unknown })[]).map((hit) =>
    typeof hit === 'string' ? hit : hit.paper,
  );
}
