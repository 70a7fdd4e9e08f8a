import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BASE, ENGINES, EXACT, grouped } from '../../scripts/bench/engines/registry.ts';

const names = ENGINES.map(({ name }) => name);

test('every engine has a name and a file of its own', () => {
  expect(new Set(names).size).toBe(names.length);
  const file = (module: string) =>
    fileURLToPath(new URL(`../../scripts/bench/engines/${module}`, import.meta.url));
  expect(ENGINES.filter(({ module }) => !existsSync(file(module)))).toEqual([]);
});

test('what the others are compared with is among them', () => {
  expect(names).toEqual(expect.arrayContaining([...Object.values(BASE), EXACT]));
});

test.each([
  [Number.POSITIVE_INFINITY, [3]],
  [1, [2, 2]],
  [2, [3]],
])('in groups of %d, each with what is always there', (together, sizes) => {
  const groups = grouped(ENGINES.slice(0, 3), [names[0]!], together);
  expect(groups.map((group) => group.length)).toEqual(sizes);
  expect(groups.every(([first]) => first!.name === names[0])).toBe(true);
});

test('what is always there is enough', () => {
  expect(grouped(ENGINES.slice(0, 1), [names[0]!], 3)).toEqual([ENGINES.slice(0, 1)]);
});
