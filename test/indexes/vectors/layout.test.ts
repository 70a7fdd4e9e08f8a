import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';

/** A tenth of a gigabyte. */
const COUNT = 250_000;

test('memory that nothing uses is collected, though V8 does not count what threads share', async () => {
  const before = process.memoryUsage().external;
  const collected: number[] = [];
  const registry = new FinalizationRegistry((n: number) => collected.push(n));
  for (let n = 0; n < 50 && collected.length === 0; n++) {
    registry.register(new CodeMemory(COUNT, 384), n);
    await setImmediate();
  }
  expect(process.memoryUsage().external).toBeGreaterThan(before);
  expect(collected).not.toEqual([]);
});
