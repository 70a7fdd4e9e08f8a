import type { CodeDigests } from '../code-digest.ts';
import type { HttpRecord, OpenRecord, ServedRuns } from '../served-record.ts';
import { spread } from '../statistics.ts';
import { count, digits, megabytes, table } from './format.ts';
import { changedSince } from './stale.ts';

/** The server and the opening of an index, for REPORT.md; empty without recorded runs. */
export function servedPart({ http, open }: ServedRuns, current: CodeDigests): string[] {
  return [
    ...(http
      ? [
          '## The server',
          sentence(http.file, http.record),
          ...changedSince(http.record, current),
          httpTable(http.record),
          risingTable(http.record),
        ]
      : []),
    ...(open
      ? [
          '## From process start to the first answer',
          sentence(open.file, open.record),
          ...changedSince(open.record, current),
          openTable(open.record),
        ]
      : []),
  ];
}

/** The records of the server and of opening an index, those that there are. */
export function servedRecords({ http, open }: ServedRuns): (HttpRecord | OpenRecord)[] {
  return [http?.record, open?.record].filter((record) => record !== undefined);
}

/** One sentence for README.md: the hybrid searches per second, and the time of a cold start. */
export function servedSentence({ http, open }: ServedRuns): string | undefined {
  const hybrid = http?.record.loads.find(({ load }) => load === 'hybrid');
  const keyword = open?.record.modes.find(({ mode }) => mode === 'keyword');
  const parts = [
    ...(hybrid
      ? [
          `the server answers ${count(Math.max(...hybrid.rising.map(({ rate }) => rate)))} hybrid searches a second`,
        ]
      : []),
    ...(keyword
      ? [
          `a keyword search over ${count(open!.record.papers)} papers takes ${digits(keyword.answeredMs.median)} ms from the start of the process to its answer`,
        ]
      : []),
  ];
  if (parts.length === 0) return undefined;
  const { cores } = (http ?? open)!.record.machine;
  return `On the same machine (${cores} cores), ${parts.join(', and ')}.`;
}

/** The same for docs/speed.md, shorter. */
export function servedSection({ http, open }: ServedRuns, current: CodeDigests): string[] {
  const link = (file: string) => `[Run](../scripts/bench/runs/${file})`;
  return [
    ...(http
      ? [
          '### The server',
          `${count(http.record.papers)} papers, at half of the request rate at which the server is saturated. ${link(http.file)}.`,
          ...changedSince(http.record, current),
          httpTable(http.record),
        ]
      : []),
    ...(open
      ? [
          '### From process start to the first answer',
          `${count(open.record.papers)} papers: ${open.record.modes
            .map(({ mode, answeredMs }) => `${mode} ${digits(answeredMs.median)} ms`)
            .join(', ')}. ${link(open.file)}.`,
          ...changedSince(open.record, current),
        ]
      : []),
  ];
}

/** The server at half of the saturated rate, which leaves room for bursts. */
function httpTable({ loads }: HttpRecord): string {
  return table(
    [
      'load',
      'saturated at requests/s',
      'sent requests/s',
      'median ms',
      'p99 ms',
      'errors',
      'not 2xx',
      'event loop delay p99 ms',
    ],
    loads.map(({ load, rising, half }) => [
      load,
      count(Math.max(...rising.map(({ rate }) => rate))),
      count(half.rate),
      half.latencyMs ? digits(half.latencyMs.median) : '–',
      half.latencyMs ? digits(half.latencyMs.p99) : '–',
      count(half.errors + half.timeouts),
      count(half.non2xx),
      digits(half.loopDelay.p99),
    ]),
  );
}

function risingTable({ loads }: HttpRecord): string {
  return table(
    ['load', 'connections', 'answers /s', 'median ms', 'p99 ms', 'errors', 'not 2xx'],
    loads.flatMap(({ load, rising }) =>
      rising.map(({ connections, rate, latencyMs, errors, timeouts, non2xx }) => [
        load,
        count(connections ?? 0),
        count(rate),
        latencyMs ? digits(latencyMs.median) : '–',
        latencyMs ? digits(latencyMs.p99) : '–',
        count(errors + timeouts),
        count(non2xx),
      ]),
    ),
  );
}

function openTable({ modes }: OpenRecord): string {
  return table(
    [
      'first answer',
      'processes',
      'library loaded ms',
      'index open ms',
      'answered: min, median ms',
      'peak memory MB',
    ],
    modes.map(({ mode, processes, loadedMs, openedMs, answeredMs, peakBytes }) => [
      mode,
      count(processes.length),
      digits(loadedMs.median),
      digits(openedMs.median),
      `${digits(answeredMs.min)}, ${digits(answeredMs.median)}`,
      megabytes(peakBytes.median),
    ]),
  );
}

function sentence(file: string, record: HttpRecord | OpenRecord): string {
  const { cpu, cores, node } = record.machine;
  const steady = digits(spread(record.calibration.map(({ arithmeticMs }) => arithmeticMs)));
  return [
    `${count(record.papers)} papers. [Run](runs/${file}) of ${record.date.slice(0, 10)}, commit ${record.commit}:`,
    `${cpu}, ${cores} cores (${record.pinnedTo} used), Node ${node}; calibration spread ${steady}×.`,
  ].join('\n');
}
