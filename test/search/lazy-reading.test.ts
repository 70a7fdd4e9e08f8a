import { expect, test } from 'vitest';
import { LazyReading } from '../../src/search/lazy-reading.ts';
import { Suggestions } from '../../src/search/suggest/suggestions.ts';
import { noteRequest } from '../../src/util/background.ts';
import { paperOf } from '../support/papers.ts';

/** Papers that count how often they were read; the first `failures` reads throw. */
class CountingPapers {
  reads = 0;
  read = 0;
  readonly #failures: number;

  constructor(failures = 0) {
    this.#failures = failures;
  }

  *[Symbol.iterator]() {
    if (this.reads++ < this.#failures) throw new Error('damaged');
    for (let n = 0; n < 1000; n++) {
      this.read++;
      yield paperOf({ title: `Title ${n}` });
    }
  }
}

const lazyOver = (papers: CountingPapers) =>
  new LazyReading((signal) => Suggestions.build(papers, { signal }));

test('reads the papers once, at the first use, for all callers', async () => {
  const papers = new CountingPapers();
  const lazy = lazyOver(papers);
  expect(papers.reads).toBe(0);
  lazy.prepare();
  const [first, second] = await Promise.all([lazy.get(), lazy.get()]);
  expect(first).toBe(second);
  expect(await lazy.get()).toBe(first);
  expect(papers.reads).toBe(1);
});

test('reads in the background between requests, and at once when a caller waits', async () => {
  const papers = new CountingPapers();
  const lazy = lazyOver(papers);
  const endRequest = noteRequest();
  lazy.prepare();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(papers.read).toBeLessThan(1000);
  await lazy.get();
  expect(papers.read).toBe(1000);
  endRequest();
});

test('rejects for waiting callers after a failure, and tries again at the next call', async () => {
  const lazy = lazyOver(new CountingPapers(2));
  lazy.prepare();
  await expect(lazy.get()).rejects.toThrow('damaged');
  await expect(lazy.get()).rejects.toThrow('damaged');
  expect((await lazy.get()).complete('title 7', 1)).toMatchObject([{ text: 'Title 7' }]);
});

test('stops building when it is closed, and reads no more papers', async () => {
  const papers = new CountingPapers();
  const lazy = lazyOver(papers);
  const asked = lazy.get();
  const told = expect(asked).rejects.toMatchObject({ code: 'STOPPED' });
  await lazy.close();
  const { read } = papers;
  expect(read).toBeLessThan(1000);
  await told;
  await expect(lazy.get()).rejects.toMatchObject({ code: 'STOPPED' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(papers.read).toBeLessThan(1000);
});

test('reads nothing when it is closed unused', async () => {
  const papers = new CountingPapers();
  await lazyOver(papers).close();
  expect(papers.reads).toBe(0);
});
