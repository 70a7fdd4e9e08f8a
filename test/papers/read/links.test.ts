import { expect, test } from 'vitest';
import { codeLink } from '../../../src/papers/read/links.ts';

test.each([
  ['https://github.com/ann/bees', 'https://github.com/ann/bees'],
  ['http://code.example.org/bees.git; https://github.com/ann/bees', 'http://code.example.org/bees.git'],
  ['www.github.com/ann/bees', 'https://www.github.com/ann/bees'],
  ['gitlab.com/ann/bees', 'https://gitlab.com/ann/bees'],
  ['ann/bees.js', 'https://github.com/ann/bees.js'],
  ['Code: https://github.com/ann/bees', 'https://github.com/ann/bees'],
])('finds the code in %s', (text, url) => {
  expect(codeLink(text)).toEqual({ url });
});

test.each(['coming soon', 'n/a or later', 'javascript:alert(1)', 'x'.repeat(5000)])(
  'reports what is not an address: %s',
  (text) => {
    const { url, problem } = codeLink(text);
    expect(url).toBeUndefined();
    expect(problem).toEqual([{ field: 'code', reason: expect.stringContaining(text.slice(0, 60)) }]);
  },
);

test('finds nothing in nothing', () => {
  expect(codeLink(undefined)).toEqual({});
  expect(codeLink(' ; ')).toEqual({});
});
