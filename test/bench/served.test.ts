import { expect, test } from 'vitest';
import { servedPart, servedSection } from '../../scripts/bench/report/served.ts';
import type { HttpRecord, OpenRecord } from '../../scripts/bench/served-record.ts';
import { codes, run } from './runs.ts';

const { date, commit, machine } = run('01-01', []).record;
const facts = {
  schema: 1,
  date,
  commit,
  machine,
  pinnedTo: 'all',
  papers: 5000,
  calibration: [{ arithmeticMs: 40, memoryMs: 100 }],
} as const;
const load = { answers: 9, errors: 1, timeouts: 2, non2xx: 0 };
const latencyMs = { min: 1, median: 2, p99: 30 };
const http: HttpRecord = {
  ...facts,
  kind: 'http',
  secondsALevel: 10,
  loads: [
    {
      load: 'keyword',
      rising: [
        { ...load, connections: 1, rate: 100, latencyMs },
        { ...load, connections: 2, rate: 90, latencyMs: null },
      ],
      half: { ...load, connections: null, rate: 50, latencyMs, loopDelay: { p50: 1, p99: 4, max: 9 } },
    },
  ],
};
const times = { min: 400, median: 500, p99: 600 };
const open: OpenRecord = {
  ...facts,
  kind: 'open',
  modes: [
    { mode: 'keyword', loadedMs: times, openedMs: times, answeredMs: times, peakBytes: times, processes: [] },
  ],
};

test('reports the saturated rate, and the latency at half of it', () => {
  const line = '| keyword | 100 | 50 | 2 | 30 | 3 | 0 | 4 |';
  expect(servedSection({ http: { file: 'h.json', record: http } }, codes.current).join('\n')).toContain(line);
  expect(servedPart({ http: { file: 'h.json', record: http } }, codes.current).join('\n')).toContain(
    '| keyword | 2 | 90 | – | – | 3 | 0 |',
  );
});

test('reports the time to the first answer', () => {
  expect(servedSection({ open: { file: 'o.json', record: open } }, codes.current).join('\n')).toContain(
    'keyword 500 ms',
  );
});

test('is empty without recorded runs', () => {
  expect([...servedSection({}, codes.current), ...servedPart({}, codes.current)]).toEqual([]);
});
