import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Label } from '../../../src/review/review.ts';
import type { LabelRequest, Progress } from '../../../src/review/service.ts';
import { ApiError } from '../../../src/web/api.ts';
import { readDraft } from '../../../src/web/review/drafts.ts';
import { Screening } from '../../../src/web/review/screening.ts';
import { waitingLabels } from '../../../src/web/review/waiting.ts';
import { suggestion } from './suggestions.ts';

const PROGRESS = { own: { read: 1, included: 1, maybe: 0 } } as Progress;

/** A server with a review of papers, which are suggested in their order. */
function server(ids: readonly string[]) {
  const labels: Label[] = [];
  const fake = {
    labels,
    isDown: false,
    /** What the next labels are answered with, instead of being recorded. */
    refusals: [] as ApiError[],
    /** Whether the answers to labels are lost, though they were recorded. */
    losesAnswers: false,
  };
  const reach = () => {
    if (fake.isDown) throw new ApiError('UNREACHABLE', 'The server does not answer.');
  };
  const unread = (count: number) =>
    ids
      .filter((id) => !labels.some(({ paper }) => paper === id))
      .slice(0, count)
      .map((id, place) => suggestion(id, place + 1));
  const api = {
    next: async (_review: string, count: number) => {
      reach();
      return unread(count);
    },
    label: async (_review: string, request: LabelRequest) => {
      reach();
      const refusal = fake.refusals.shift();
      if (refusal) throw refusal;
      const { paper, decision, reasons = [], note = '', rank, model, replaces } = request;
      const newest = labels.findLast((each) => each.paper === paper)?.number ?? 0;
      if (replaces !== undefined && replaces !== newest)
        throw new ApiError('CONFLICT', 'You have a newer label.');
      const label: Label = {
        number: labels.length + 1,
        paper,
        stage: 'abstract',
        decision,
        reasons,
        note,
        by: 'ada',
        agent: false,
        at: '2026-01-01T00:00:00.000Z',
        chosenBy: 'rank',
        rank,
        model,
      };
      labels.push(label);
      if (fake.losesAnswers) throw new ApiError('UNREACHABLE', 'The server does not answer.');
      const moved = [{ id: 'z', title: 'Paper z', before: 9, after: 2 }];
      return { label, standing: 'include' as const, moved, next: unread(1)[0], progress: PROGRESS };
    },
    undo: async (_review: string, number?: number) => {
      reach();
      const at =
        number === undefined ? labels.length - 1 : labels.findIndex((each) => each.number === number);
      const [undone] = labels.splice(at, 1);
      if (!undone) throw new ApiError('CONFLICT', 'There is nothing to take back.');
      return { undone, progress: PROGRESS };
    },
    paper: async (_review: string, id: string) => {
      reach();
      const { paper, reasons } = suggestion(id);
      const own = labels.filter((each) => each.paper === id);
      return { paper, reasons, removed: false, abstract: 'unread' as const, labels: own, settled: [] };
    },
    progress: async () => {
      reach();
      return PROGRESS;
    },
  };
  return { fake, api };
}

const kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => void kept.set(key, text),
  removeItem: (key: string) => void kept.delete(key),
};

describe('screening', () => {
  let screening: Screening | undefined;
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('localStorage', storage);
    vi.stubGlobal('navigator', {});
    vi.useFakeTimers();
  });
  afterEach(() => {
    screening?.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  /** Starts screening, as when the page is opened. */
  async function open(api: ReturnType<typeof server>['api']): Promise<Screening> {
    screening?.stop();
    screening = new Screening('r', api);
    screening.start();
    await settle();
    return screening;
  }
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const shown = (each: Screening) => each.state.get().shown?.paper.id;
  const said = (fake: { labels: readonly Label[] }) =>
    fake.labels.map(({ paper, decision }) => `${paper} ${decision}`);

  test('shows the next paper at once, and sends the label with what was shown', async () => {
    const { fake, api } = server(['a', 'b', 'c']);
    const opened = await open(api);
    opened.decide('exclude', ['wrong topic'], 'A note.');
    expect(shown(opened)).toBe('b');
    expect(opened.state.get()).toMatchObject({ waiting: 1, last: { title: 'Paper a', decision: 'exclude' } });
    await settle();
    expect(fake.labels).toMatchObject([
      { paper: 'a', reasons: ['wrong topic'], note: 'A note.', rank: 1, model: 'm' },
    ]);
    expect(opened.state.get()).toMatchObject({ waiting: 0, last: { moved: [{ id: 'z' }] } });
    expect(shown(opened)).toBe('b');
  });

  test('sends labels in their order, also of keys that are pressed at once, until nothing is left', async () => {
    const { fake, api } = server(['a', 'b', 'c']);
    const opened = await open(api);
    opened.decide('include', [], '');
    opened.decide('exclude', [], '');
    opened.decide('maybe', [], '');
    opened.decide('maybe', [], '');
    await settle();
    expect(said(fake)).toEqual(['a include', 'b exclude', 'c maybe']);
    expect(opened.state.get()).toMatchObject({ isFinished: true, shown: undefined });
  });

  test('continues without a connection, and sends later what waits', async () => {
    const { fake, api } = server(['a', 'b', 'c', 'd']);
    const opened = await open(api);
    fake.isDown = true;
    opened.decide('include', [], '');
    opened.decide('exclude', [], '');
    await settle();
    expect(opened.state.get().waiting).toBe(2);
    expect(shown(opened)).toBe('c');
    fake.isDown = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(said(fake)).toEqual(['a include', 'b exclude']);
    expect(opened.state.get().waiting).toBe(0);
    expect(shown(opened)).toBe('c');
  });

  test('sends in the next visit what was left when the tab was closed', async () => {
    const { fake, api } = server(['a', 'b']);
    const first = await open(api);
    fake.isDown = true;
    first.decide('include', [], '');
    await settle();
    first.stop();
    fake.isDown = false;
    const second = await open(api);
    expect(said(fake)).toEqual(['a include']);
    expect(shown(second)).toBe('b');
  });

  test('takes back a label, and shows its paper with the reasons and the note', async () => {
    const { fake, api } = server(['a', 'b']);
    const opened = await open(api);
    opened.decide('exclude', ['wrong topic'], 'A note.');
    await settle();
    await opened.undo();
    expect(fake.labels).toEqual([]);
    expect(shown(opened)).toBe('a');
    expect(opened.state.get().ahead.map(({ paper }) => paper.id)).toEqual(['b']);
    expect(readDraft('r', 'a')).toEqual({ paper: 'a', reasons: ['wrong topic'], note: 'A note.' });
    opened.decide('include', [], '');
    await settle();
    expect(said(fake)).toEqual(['a include']);
  });

  test('takes back a label that waits without asking the server', async () => {
    const { fake, api } = server(['a', 'b']);
    const opened = await open(api);
    fake.isDown = true;
    opened.decide('include', [], '');
    await settle();
    await opened.undo();
    expect(waitingLabels.all()).toEqual([]);
    expect(shown(opened)).toBe('a');
  });

  test('takes back a label of an earlier visit', async () => {
    const { api } = server(['a', 'b']);
    const first = await open(api);
    first.decide('include', [], '');
    await settle();
    const second = await open(api);
    await second.undo();
    expect(shown(second)).toBe('a');
  });

  test('says why a label was not taken back', async () => {
    const { fake, api } = server(['a']);
    const opened = await open(api);
    await opened.undo();
    expect(opened.state.get().problem).toBe('Not taken back: There is nothing to take back.');
    fake.isDown = true;
    await opened.undo();
    expect(opened.state.get().problem).toBe('Not taken back: The server does not answer.');
  });

  test('shows a refused label until it was read, and overwrites nothing', async () => {
    const { fake, api } = server(['a', 'b']);
    const opened = await open(api);
    fake.refusals.push(new ApiError('CONFLICT', 'You have a newer label.'));
    opened.decide('include', [], 'Mine.');
    await settle();
    const { refused, waiting } = opened.state.get();
    expect(waiting).toBe(0);
    expect(refused).toMatchObject([{ title: 'Paper a', label: { note: 'Mine.' } }]);
    expect(refused[0]!.why).toContain('You have a newer label.');
    const again = await open(api);
    expect(again.state.get().refused).toHaveLength(1);
    again.dismiss(refused[0]!.key);
    expect(again.state.get().refused).toEqual([]);
  });

  test('overwrites no label of another tab, also where there was none', async () => {
    const { fake, api } = server(['a', 'b']);
    const opened = await open(api);
    await api.label('r', { paper: 'a', decision: 'exclude' });
    opened.decide('include', [], '');
    await settle();
    expect(said(fake)).toEqual(['a exclude']);
    expect(opened.state.get()).toMatchObject({ waiting: 0, refused: [{ label: { replaces: 0 } }] });
  });

  test('decides again where a label was taken back whose answer was lost', async () => {
    const { fake, api } = server(['a', 'b']);
    const opened = await open(api);
    fake.losesAnswers = true;
    opened.decide('include', [], '');
    await settle();
    fake.losesAnswers = false;
    await opened.undo();
    opened.decide('exclude', [], '');
    await settle();
    expect(opened.state.get()).toMatchObject({ waiting: 0, refused: [] });
    expect(said(fake).at(-1)).toBe('a exclude');
  });

  test('decides again where the label before the one that was taken back is known', async () => {
    const { fake, api } = server(['a', 'b']);
    await api.label('r', { paper: 'a', decision: 'maybe' });
    await api.label('r', { paper: 'a', decision: 'include' });
    const opened = await open(api);
    await opened.undo();
    expect(shown(opened)).toBe('a');
    opened.decide('exclude', [], '');
    await settle();
    expect(opened.state.get()).toMatchObject({ waiting: 0, refused: [] });
    expect(said(fake)).toEqual(['a maybe', 'a exclude']);
  });

  test('a label whose answer was lost is not sent twice', async () => {
    const { fake, api } = server(['a', 'b']);
    const opened = await open(api);
    fake.losesAnswers = true;
    opened.decide('include', [], '');
    await settle();
    expect(opened.state.get().waiting).toBe(1);
    fake.losesAnswers = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(opened.state.get()).toMatchObject({ waiting: 0, refused: [] });
    expect(said(fake)).toEqual(['a include']);
  });

  test('labels wait while the server cannot write, and the page says why', async () => {
    const { fake, api } = server(['a', 'b']);
    const opened = await open(api);
    fake.refusals.push(new ApiError('INDEX_UNWRITABLE', 'The disk is full.'));
    opened.decide('include', [], '');
    await settle();
    expect(opened.state.get()).toMatchObject({ waiting: 1, problem: 'Not saved yet: The disk is full.' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(opened.state.get()).toMatchObject({ waiting: 0, problem: undefined });
    expect(said(fake)).toEqual(['a include']);
  });

  test('labels wait while the token is refused', async () => {
    const { fake, api } = server(['a', 'b']);
    const opened = await open(api);
    fake.refusals.push(new ApiError('UNAUTHORIZED', 'The token is not valid.'));
    opened.decide('include', [], '');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened.state.get()).toMatchObject({ waiting: 1, refused: [] });
    opened.retry();
    await settle();
    expect(said(fake)).toEqual(['a include']);
  });

  test('says why no papers come, and fetches them later', async () => {
    const { fake, api } = server(['a']);
    fake.isDown = true;
    const opened = await open(api);
    expect(opened.state.get().error?.code).toBe('UNREACHABLE');
    fake.isDown = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(opened.state.get().error).toBeUndefined();
    expect(shown(opened)).toBe('a');
  });
});
