import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BASE, ENGINES, EXACT, grouped } from '../../scripts/bench/engines/registry.ts';

const names = ENGINES.map(({ name }) => name);

test('has a name and a file for every engine', () => {
  expect(new Set(names).size).toBe(names.length);
  const file = (module: string) =>
    fileURLToPath(new URL(`../../scripts/bench/engines/${module}`, import.meta.url));
  expect(ENGINES.filter(({ module }) => !existsSync(file(module)))).toEqual([]);
});

test('has the engines that others are compared with', () => {
  expect(names).toEqual(expect.arrayContaining([...Object.values(BASE), EXACT]));
});

test.each([
  [Number.POSITIVE_INFINITY, [3]],
  [1, [2, 2]],
  [2, [3]],
])('makes groups of %d, each with the base engines', (together, sizes) => {
  const groups = grouped(ENGINES.slice(0, 3), [names[0]!], together);
  expect(groups.map((group) => group.length)).toEqual(sizes);
  expect(groups.every(([first]) => first!.name === names[0])).toBe(true);
});

test('accepts the base engines alone', () => {
  expect(grouped(ENGINES.slice(0, 1), [names[0]!], 3)).toEqual([ENGINES.slice(0, 1)]);
});
