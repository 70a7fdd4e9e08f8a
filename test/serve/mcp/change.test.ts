import { expect, test } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import { ANONYMOUS, type Grant, LOCAL_USER } from '../../../src/serve/access/access.ts';
import { answerOf, runChange } from '../../../src/serve/mcp/result.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';

const engine = new FakeEngine(new FakeSnapshot());
const TOOL = { scope: 'review', tool: 'collect' } as const;

/** Runs a change for a caller. @returns its answer, what was recorded, and by whom it ran. */
async function change(grant: Grant | undefined, error?: unknown) {
  const recorded: unknown[] = [];
  const logged: unknown[] = [];
  const ran: string[] = [];
  const caller = { grant, record: (entry: unknown) => recorded.push(entry) };
  const service = { engine, log: (thrown: unknown) => logged.push(thrown), caller };
  const answer = await runChange(service, TOOL, async (running) => {
    ran.push(running.by);
    running.papers = 2;
    if (error) throw error;
    return answerOf({ done: true });
  });
  const text = answer.content[0]?.type === 'text' ? answer.content[0].text : '';
  return { isError: answer.isError === true, text, recorded, ran, logged };
}

test('runs and records a change of a caller whose token has the scope', async () => {
  expect(await change({ name: 'anna', scopes: ['review'] })).toEqual({
    isError: false,
    text: '{"done":true}',
    recorded: [{ operation: 'collect', status: 200, papers: 2 }],
    ran: ['anna'],
    logged: [],
  });
});

test.each([
  [undefined, 401, 'UNAUTHORIZED: The tool collect needs a token with the scope "review"'],
  [{ name: 'bert', scopes: ['add', 'read'] } as const, 403, 'FORBIDDEN: The token "bert" does not have'],
])('does not run for %j', async (grant, status, text) => {
  const refused = await change(grant);
  expect(refused).toMatchObject({ isError: true, ran: [], recorded: [{ status }] });
  expect(refused.text).toContain(text);
});

test('records a change that failed, with its status', async () => {
  const grant = { name: 'anna', scopes: ['admin'] } as const;
  expect(await change(grant, new PaperSearchError('NOT_FOUND', 'No such paper.'))).toMatchObject({
    isError: true,
    recorded: [{ operation: 'collect', status: 404, papers: 2 }],
  });
  const unexpected = await change(grant, new Error('secret'));
  expect(unexpected).toMatchObject({ recorded: [{ status: 500 }], logged: [{ message: 'secret' }] });
  expect(unexpected.text).not.toContain('secret');
});

test('the user of this machine may change everything, and an anonymous caller nothing', () => {
  expect(LOCAL_USER.grant).toMatchObject({ name: 'local', scopes: ['admin'] });
  expect(ANONYMOUS.grant).toBeUndefined();
});
