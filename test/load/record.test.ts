import { expect, test } from 'vitest';
import { LoadRecord } from '../../scripts/load/record.ts';
import { searchRequest } from '../../scripts/load/requests.ts';

const request = searchRequest('q', 'keyword');
const exchange = (sentAt: number, answeredAt: number) => ({
  request,
  sentAt,
  answeredAt,
  answer: { broken: 'unused' },
});

test('counts outcomes by kind, with the times of right answers, and reports wrong ones', () => {
  const record = new LoadRecord();
  record.add(exchange(0, 10), 'right');
  record.add(exchange(0, 30), 'right');
  record.add(exchange(0, 900), 'excused');
  record.add(exchange(0, 900), { wrong: 'hits is []' });
  const latencyMs = { min: 10, median: 10, p99: 30 };
  expect(record.of('keyword')).toEqual({ right: 2, excused: 1, refused: 0, wrong: 1, latencyMs });
  expect(record.of('hybrid')).toEqual({ right: 0, excused: 0, refused: 0, wrong: 0, latencyMs: undefined });
  expect(record.reported).toEqual([`${request.path}: hits is []`]);
  expect(record.refusedShare).toBe(0);
  for (let i = 0; i < 4; i++) record.add(exchange(0, 1), 'refused');
  expect(record.refusedShare).toBe(0.5);
});

test('reports the first violations, and counts all', () => {
  const record = new LoadRecord();
  for (let i = 0; i < 50; i++) record.violation(`${i}`);
  expect(record.violations).toBe(50);
  expect(record.reported).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
});
