import { PassThrough, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { type Keys, LineKeys, TerminalKeys } from '../../../src/cli/review/keys.ts';
import { reasonsOf, type ScreenedReviews, screen } from '../../../src/cli/review/screen.ts';
import { PaperSearchError } from '../../../src/errors.ts';
import type { Stage, Suggestion } from '../../../src/review/review.ts';
import type { LabelRequest, Review } from '../../../src/review/service.ts';
import { kept, PROGRESS, PROTOCOL, suggestionOf } from './review-values.ts';

const PAPERS = ['a', 'b', 'c'].map((id) => kept(id, `Title ${id}`, `Abstract of ${id}.`));

/** Suggests the first paper without a decision. `conflicts`: how many labels another session is quicker with. */
function serviceOf({ conflicts = 0 } = {}) {
  const labels: LabelRequest[] = [];
  let left = conflicts;
  const next = (): Suggestion | undefined => {
    const shown = PAPERS.find(({ id }) => labels.every((label) => label.paper !== id));
    return shown && suggestionOf(shown, labels.length + 1);
  };
  const labelOf = (request: LabelRequest, number: number) => ({
    number,
    paper: request.paper,
    stage: request.stage ?? ('abstract' as const),
    decision: request.decision,
    reasons: request.reasons ?? [],
    note: request.note ?? '',
    by: 'me',
    agent: false,
    at: '2026-01-01T00:00:00.000Z',
    chosenBy: 'rank' as const,
  });
  const service: ScreenedReviews = {
    read: async () => ({ name: 'Gardens', protocol: PROTOCOL }) as Review,
    progress: async () => PROGRESS,
    next: async () => [next()].filter((each) => each !== undefined),
    label: async (_id, request) => {
      if (left-- > 0) throw new PaperSearchError('CONFLICT', 'Another session was quicker.');
      labels.push(request);
      const moved = [{ id: 'c', title: 'Title c', before: 9, after: 2 }];
      return {
        label: labelOf(request, labels.length),
        standing: 'include',
        moved,
        next: next(),
        progress: PROGRESS,
      };
    },
    undo: async () => {
      const last = labels.pop();
      if (!last) throw new PaperSearchError('BAD_REQUEST', 'There is nothing to take back.');
      return { undone: labelOf(last, labels.length + 1), next: next(), progress: PROGRESS };
    },
  };
  return { service, labels };
}

async function screened(keys: Keys, { stage = 'abstract' as Stage, conflicts = 0 } = {}) {
  const { service, labels } = serviceOf({ conflicts });
  let shown = '';
  const output = {
    columns: 60,
    write: (text: string) => {
      shown += text;
    },
  };
  const styles = pc.createColors(false);
  const by = { name: 'me' };
  const result = await screen({ service, id: 'gardens', by, stage, keys, output, styles }).finally(() =>
    keys.close(),
  );
  return { result, labels, shown };
}

const scripted = (lines: readonly string[]) => new LineKeys(Readable.from(lines.map((line) => `${line}\n`)));

test('a line of a script is a key with its text', async () => {
  const { labels, result, shown } = await screened(scripted(['n seen before', 'i', '', 'e 2, no', 'w', 'm']));
  expect(labels).toMatchObject([
    {
      paper: 'a',
      decision: 'include',
      reasons: [],
      note: 'seen before',
      rank: 1,
      model: 'm1',
      chosenBy: 'rank',
    },
    { paper: 'b', decision: 'exclude', reasons: ['adults', 'no outcome'], rank: 2 },
    { paper: 'c', decision: 'maybe', reasons: [] },
  ]);
  expect(labels[1]).not.toHaveProperty('note');
  expect(result).toMatchObject({ labels: 3, finished: true, interrupted: false });
  expect(shown).toContain('Excluded (adults, no outcome): Title b\nMoved most: from rank 9 to 2, Title c');
  expect(shown).toContain('Against: mice');
});

test('an undone decision is asked for again', async () => {
  const { labels, result, shown } = await screened(scripted(['e adults', 'u', 'i', 'q', 'i']));
  expect(labels).toMatchObject([{ paper: 'a', decision: 'include', reasons: [] }]);
  expect(result).toMatchObject({ labels: 1, finished: false });
  expect(shown).toContain('Taken back: exclude for a.');
});

test('a script ends at its first error', async () => {
  await expect(screened(scripted(['x']))).rejects.toThrow('"x" is not a key of "review screen"');
  await expect(screened(scripted(['u']))).rejects.toThrow('nothing to take back');
  await expect(screened(scripted(['e wrong']))).rejects.toThrow('"wrong" is not a criterion of this review');
  await expect(screened(scripted(['e']), { stage: 'full-text' })).rejects.toThrow('needs a reason');
  await expect(screened(scripted(['i']), { conflicts: 1 })).rejects.toThrow('Another session was quicker');
});

/** Presses keys at a terminal, each when the last one was handled. */
async function pressed(sequences: readonly string[], options?: Parameters<typeof screened>[1]) {
  const input = new PassThrough();
  const raw: boolean[] = [];
  const terminal = Object.assign(input, { setRawMode: (on: boolean) => raw.push(on) });
  let written = '';
  const keys = new TerminalKeys(terminal, { write: (text) => (written += text) });
  const running = screened(keys, options);
  for (const sequence of sequences) {
    await wait(5);
    input.write(sequence);
  }
  const result = await running;
  expect(raw).toEqual([true, false]);
  return { ...result, written };
}

test('keys at a terminal decide, ask for text, and survive an error', async () => {
  const { labels, shown, written } = await pressed(
    ['r', 'x', '\r', 'r', '3', 'x', '\x7f', '\r', 'n', 'H', 'i', '\r', 'e', 'I', 'q'],
    { conflicts: 1 },
  );
  expect(shown).toContain('"x" is not a criterion');
  expect(shown).toContain('Another session was quicker.');
  // The reasons were for the paper that another session decided about.
  expect(labels).toMatchObject([{ paper: 'a', decision: 'include', reasons: [] }]);
  expect(written).toContain('Note: Hi');
});

test('keys that are typed while a decision is written are dropped', async () => {
  const { labels } = await pressed(['iii', 'q']);
  expect(labels).toHaveLength(1);
});

test('Ctrl-C ends after the decision before it was written', async () => {
  const { labels, result } = await pressed(['i\x03']);
  expect(labels).toHaveLength(1);
  expect(result).toMatchObject({ labels: 1, interrupted: true });
});

test('Ctrl-C and Escape end a line', async () => {
  expect((await pressed(['n', 'a', '\x03'])).result.interrupted).toBe(true);
  const { labels } = await pressed(['n', 'a', '\r', 'n', 'b', '\x1bx', 'i', 'q']);
  expect(labels).toMatchObject([{ note: 'a' }]);
});

test('everything can be taken back when nothing is left', async () => {
  const { labels, shown } = await pressed(['i', 'i', 'i', 'x', 'u', 'q']);
  expect(shown).toContain('Nothing is left to read.');
  expect(labels).toHaveLength(2);
});

test.each([
  ['1', ['garden']],
  [' 2 , NO outcome, adults', ['adults', 'no outcome']],
  ['ad', ['adults']],
  ['', []],
])('reasons %j are %j', (text, names) => {
  expect(reasonsOf(text.split(','), PROTOCOL)).toEqual(names);
});

test('a beginning that several criteria have is refused', () => {
  const include = ['adults', 'adolescents'].map((name) => ({ name, description: '' }));
  expect(() => reasonsOf(['ad'], { include, exclude: [] })).toThrow('beginning of several criteria');
});
