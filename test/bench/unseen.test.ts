import { expect, test } from 'vitest';
import { Unseen } from '../../scripts/bench/unseen.ts';

test('writes a text differently each time', () => {
  const unseen = new Unseen();
  expect(Array.from({ length: 5 }, () => unseen.of('3D nets'))).toEqual([
    '3d nets',
    '3D nets',
    '3d Nets',
    '3D Nets',
    '3d nEts',
  ]);
  expect(unseen.of('other')).toBe('other');
});
