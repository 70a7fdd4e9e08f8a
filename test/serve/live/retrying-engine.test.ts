import { expect, test, vi } from 'vitest';
import { RetryingEngine } from '../../../src/serve/live/retrying-engine.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';

class RefreshedFake extends FakeEngine {
  warm = 0;
  closed = 0;
  override async warmUp() {
    this.warm++;
  }
  async refresh() {}
  override async close() {
    this.closed++;
  }
}

test('throws the error of the last attempt until the engine opens', async () => {
  const opened = new RefreshedFake(new FakeSnapshot());
  const errors: string[] = [];
  const papers: number[] = [];
  let attempts = 0;
  let isWhole = false;
  const engine = await RetryingEngine.open(
    async () => {
      attempts++;
      if (isWhole) return opened;
      throw new Error(attempts < 3 ? 'damaged' : 'still damaged');
    },
    {
      onError: (error) => errors.push((error as Error).message),
      onOpened: (count) => papers.push(count),
      pauseMs: 1,
    },
  );
  await expect(engine.acquire()).rejects.toThrow('damaged');
  await engine.warmUp();
  await vi.waitFor(() => expect(attempts).toBeGreaterThan(4));
  // Each reason is reported once.
  expect(errors).toEqual(['damaged', 'still damaged']);
  isWhole = true;
  await vi.waitFor(() => expect(papers).toEqual([3]));
  expect((await engine.acquire()).id).toBe('s');
  await vi.waitFor(() => expect(opened.warm).toBe(1));
  await engine.close();
  expect(opened.closed).toBe(1);
});

test('stops trying when it is closed', async () => {
  let attempts = 0;
  const engine = await RetryingEngine.open(
    async () => {
      attempts++;
      throw new Error('damaged');
    },
    { onError: () => {}, onOpened: () => {}, pauseMs: 60_000 },
  );
  await engine.close();
  expect(attempts).toBe(1);
});
