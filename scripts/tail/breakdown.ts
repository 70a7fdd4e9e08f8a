import { percentile } from '../bench/statistics.ts';

/** A request as its client saw it. All times are milliseconds of the machine's monotonic clock. */
export interface Asked {
  readonly id: string;
  /** When it was to be sent. */
  readonly due: number;
  readonly sent: number;
  /** When its answer was read. */
  readonly end: number;
}

/** A line that `parts.mjs` wrote. */
export type Note =
  | { readonly what: 'gc'; readonly isEncoder: boolean; readonly from: number; readonly to: number }
  /** A request to the encoder's process, from its arrival there. */
  | {
      readonly what: 'task';
      readonly arrived: number;
      readonly from: number;
      readonly to: number;
      readonly cpu: number;
    }
  | RequestNote;

interface RequestNote {
  readonly what: 'request';
  readonly id: string;
  readonly from: number;
  readonly searchFrom: number;
  readonly searchTo: number;
  readonly to: number;
  /** When the text left for the encoder's process, and when its vector was back, if it was encoded. */
  readonly sent?: number;
  readonly received?: number;
}

/** The parts that a latency is the sum of, and the garbage collections meanwhile. */
const PARTS = [
  'sent late',
  'until the server reads it',
  'before the search',
  'search without the encoder',
  'until the encoder reads it',
  'waiting in the encoder',
  'encoding',
  'until the server reads the vector',
  'JSON and writing',
  'garbage collection meanwhile',
] as const;

type Parts = Readonly<Record<(typeof PARTS)[number], number>> & { readonly total: number };

/** The parts of the mean request of the middle half, and of the slowest twentieth, as a table. */
export function breakdown(asked: readonly Asked[], notes: readonly Note[]): string {
  const requests = new Map(
    notes.flatMap((note) => (note.what === 'request' ? [[note.id, note] as const] : [])),
  );
  const rows = asked
    .flatMap((each) => {
      const note = requests.get(each.id);
      return note ? [partsOf(each, note, notes)] : [];
    })
    .sort((a, b) => a.total - b.total);
  const middle = rows.slice(Math.floor(rows.length / 4), Math.ceil((rows.length * 3) / 4));
  const slowest = rows.slice(Math.floor(rows.length * 0.95));
  const mean = (list: readonly Parts[], part: keyof Parts) =>
    (list.reduce((sum, row) => sum + row[part], 0) / Math.max(1, list.length)).toFixed(1);
  const line = (part: keyof Parts) => `| ${part} | ${mean(middle, part)} | ${mean(slowest, part)} |`;
  return [
    '| part, ms | middle half | slowest twentieth |',
    '| --- | ---: | ---: |',
    ...PARTS.map(line),
    line('total'),
  ].join('\n');
}

/** Percentiles of the latencies from when each request was due. */
export function latencies(asked: readonly Asked[]): string {
  const sorted = asked.map(({ due, end }) => end - due).sort((a, b) => a - b);
  return [50, 90, 95, 99, 100].map((percent) => percentile(sorted, percent).toFixed(1)).join(' | ');
}

function partsOf({ due, sent, end }: Asked, note: RequestNote, notes: readonly Note[]): Parts {
  const { from, searchFrom, searchTo, to, sent: asked = 0, received = 0 } = note;
  const task = notes.find((each) => each.what === 'task' && each.arrived >= asked && each.to <= received) as
    | Extract<Note, { what: 'task' }>
    | undefined;
  const collected = notes.reduce(
    (sum, each) =>
      each.what === 'gc' && !each.isEncoder
        ? sum + Math.max(0, Math.min(each.to, to) - Math.max(each.from, due))
        : sum,
    0,
  );
  return {
    total: end - due,
    'sent late': sent - due,
    'until the server reads it': from - sent,
    'before the search': searchFrom - from,
    'search without the encoder': searchTo - searchFrom - (task ? received - asked : 0),
    'until the encoder reads it': task ? task.arrived - asked : 0,
    'waiting in the encoder': task ? task.from - task.arrived : 0,
    encoding: task ? task.to - task.from : 0,
    'until the server reads the vector': task ? received - task.to : 0,
    'JSON and writing': end - searchTo,
    'garbage collection meanwhile': collected,
  };
}
