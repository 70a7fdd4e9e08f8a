import { expect, test } from 'vitest';
import { ANSWER_FORMATS } from '../../src/cli/answer-output.ts';
import { EXPORT_FORMAT_NAMES } from '../../src/papers/write/formats.ts';

test('hits can be printed in every export format', () => {
  expect([...ANSWER_FORMATS].sort()).toEqual(['table', ...EXPORT_FORMAT_NAMES].sort());
});
