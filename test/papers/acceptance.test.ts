import { expect, test } from 'vitest';
import { acceptanceOf, isUnpublished, submissionNote } from '../../src/papers/acceptance.ts';

test.each([
  ['Accept (Oral)', 'oral'],
  ['Accept: notable-top-5%', 'oral'],
  ['Accept: notable-top-25%', 'spotlight'],
  ['Highlight', 'spotlight'],
  ['ICLR 2025 Poster', 'poster'],
  ['Technical Paper', 'accept'],
  ['Long Findings', 'accept'],
  ['Invite to Workshop Track', 'workshop'],
  ['Withdraw', 'withdrawn'],
  ['Rejected_Submission', 'reject'],
  ['Desk_Rejected_Submission', 'desk-reject'],
  ['Submitted to ICLR 2025', 'submitted'],
  ['NeurIPS 2024', undefined],
  ['', undefined],
])('reads the decision "%s" as %s', (text, acceptance) => {
  expect(acceptanceOf(text)).toBe(acceptance);
});

test('knows which papers a venue did not publish', () => {
  expect(isUnpublished('reject')).toBe(true);
  expect(isUnpublished('poster')).toBe(false);
  expect(isUnpublished(undefined)).toBe(false);
  expect(submissionNote('ICLR', 2018)).toBe('Submitted to ICLR 2018');
  expect(submissionNote('ICLR 2018', 2018)).toBe('Submitted to ICLR 2018');
});
