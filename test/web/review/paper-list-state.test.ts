import { describe, expect, test } from 'vitest';
import { readPaperList, writePaperList } from '../../../src/web/review/paper-list-state.ts';

describe('the list of reviewed papers in the URL', () => {
  test('conflicts come first, and all papers of the full-text stage', () => {
    expect(readPaperList('')).toEqual({ stage: 'abstract', standing: 'conflict', text: '', page: 1 });
    expect(readPaperList('?stage=full-text').standing).toBe('all');
  });

  test.each([
    '',
    '?standing=include',
    '?standing=all&text=two+words&page=3',
    '?stage=full-text',
    '?stage=full-text&standing=conflict',
  ])('%j is written as it was read', (search) => {
    expect(writePaperList(readPaperList(search))).toBe(search);
  });

  test('unknown parts are ignored', () => {
    expect(readPaperList('?stage=oral&standing=lost&page=-2')).toEqual(readPaperList(''));
  });
});
