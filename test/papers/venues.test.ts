import { expect, test } from 'vitest';
import { venueName, venueNames } from '../../src/papers/venues.ts';

test.each([
  ['NIPS', 'NeurIPS'],
  ['Advances in Neural Information Processing Systems 33', 'NeurIPS'],
  ['Advances in Neural Information Processing Systems, Volume 30', 'NeurIPS'],
  ['Thirty-fourth Conference on Neural Information Processing Systems (NeurIPS 2020)', 'NeurIPS'],
  ['NeurIPS 2024 poster', 'NeurIPS'],
  ['Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics', 'ACL'],
  ['acl', 'ACL'],
  ['ICLR 2025 Oral', 'ICLR'],
  ['Submitted to ICLR 2025', 'ICLR'],
  ['ICLR 2025 Conference Withdrawn Submission', 'ICLR'],
  ['arXiv preprint arXiv:2001.00001', 'arXiv'],
  ['CoRR abs/2001.00001', 'arXiv'],
  ['arXiv.org', 'arXiv'],
  ['Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)', 'CVPR'],
])('knows "%s" as %s', (given, name) => {
  expect(venueName(given)).toBe(name);
});

test.each([
  'Findings of the Association for Computational Linguistics: ACL 2023',
  'NeurIPS 2023 Workshop on Worms',
  'Journal of Worms',
  'Proceedings of the Workshop on ICLR',
  '2020',
])('leaves "%s" as it is', (given) => {
  expect(venueName(given)).toBe(given);
});

test('takes names of the user, which win', () => {
  const names = venueNames({ 'Worm Conf': ['International Conference on Worms'], NIPS: ['NIPS'] });
  expect(venueName('2nd International Conference on Worms', names)).toBe('Worm Conf');
  expect(venueName('NIPS', names)).toBe('NIPS');
});
