import { setTimeout } from 'node:timers/promises';
import { MemoryWatch } from './million-memory.ts';
import { openLoop } from './open-loop.ts';
import { ServerProcess } from './server-process.ts';
import { type Summary, summarize } from './statistics.ts';
import { variant } from './unseen.ts';

/** What is asked, by name. */
const KINDS = {
  hybrid: 'mode=hybrid',
  keyword: 'mode=keyword',
  semantic: 'mode=semantic',
  'hybrid with facets': 'mode=hybrid&facets=venue&facets=author&facets=year',
  'hybrid with a filter': 'mode=hybrid&year=2015..2020',
  'keyword with facets': 'mode=keyword&facets=venue&facets=author&facets=year',
  'keyword with a filter': 'mode=keyword&year=2015..2020',
} as const;
type Kind = keyof typeof KINDS;

/** Requests a second at which p99 is measured: a few people who type. */
const RATE = 5;
/** Seconds of each open loop. */
const SECONDS = 30;
/** Rounds in which the kinds are asked in turn, one request after another. */
const ROUNDS = 40;

/** In which the server reads what it reads in the background (milliseconds). */
const SETTLING_MS = 40_000;

/** What a server of the index did. */
export interface ServeFigures {
  /** From the start of the process until it answers. */
  readonly servingMs: number;
  readonly firstAnswerMs: number;
  /** One request after another, the kinds in turn (milliseconds). */
  readonly alternating: Readonly<Record<Kind, Summary>>;
  /** At random times, `RATE` a second (milliseconds from when a request was due). */
  readonly openLoop: Readonly<
    Record<'hybrid' | 'keyword' | 'semantic', Summary & { readonly failed: number }>
  >;
  readonly ratePerSecond: number;
  /** Server with its encoder, after the requests and at most (bytes). */
  readonly residentBytes: number;
  readonly anonymousBytes: number;
  readonly peakBytes: number;
  /** The encoder's process is not in it. */
  readonly serverResidentBytes: number;
}

/** What an update under load did. */
export interface UpdateFigures {
  readonly papers: number;
  /** Until the ingest had ended. */
  readonly seconds: number;
  /** Until a search of the server found one of the new papers. */
  readonly foundSeconds: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly peakBytes: number;
  /** The requests that were sent to the server meanwhile. */
  readonly answers: number;
  readonly failed: number;
  readonly latencyMs: Summary | null;
  /** Server with its encoder, at most, while two snapshots are open. */
  readonly serverPeakBytes: number;
}

export interface ServeOptions {
  readonly index: string;
  readonly queries: readonly string[];
  /** Words before the command: a memory limit. */
  readonly command: readonly string[];
  readonly mostBytes: number;
}

/** Serves an index in its own process and measures it. */
export async function measureServing(options: ServeOptions): Promise<ServeFigures> {
  const { queries } = options;
  const served = await serve(options);
  const { server, watch, started } = served;
  try {
    const servingMs = performance.now() - started;
    await ask(`${server.url}${pathOf('keyword', queries[0]!, 99)}`);
    const firstAnswerMs = performance.now() - started;
    // The model starts, the code is compiled, and what the server reads after it has opened is read.
    await warmUp(server.url, queries);
    await setTimeout(SETTLING_MS);
    const times = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, [] as number[]])) as Record<
      Kind,
      number[]
    >;
    for (let round = 0; round < ROUNDS; round++) {
      for (const [n, kind] of (Object.keys(KINDS) as Kind[]).entries()) {
        const query = queries[(round + n) % queries.length]!;
        const sent = performance.now();
        await ask(`${server.url}${pathOf(kind, query, 1000 + round)}`);
        times[kind].push(performance.now() - sent);
      }
    }
    const alternating = Object.fromEntries(
      Object.entries(times).map(([kind, list]) => [kind, summarize(list)]),
    ) as Record<Kind, Summary>;
    const loops: Record<string, Summary & { failed: number }> = {};
    for (const kind of ['hybrid', 'keyword', 'semantic'] as const) {
      const paths = pathsOf(kind, queries);
      const { latencyMs, errors, timeouts, non2xx } = await openLoop({
        url: server.url,
        paths,
        rate: RATE,
        seconds: SECONDS,
      });
      if (latencyMs) loops[kind] = { ...latencyMs, failed: errors + timeouts + non2xx };
    }
    const { resident, anonymous } = watch.now();
    return {
      servingMs,
      firstAnswerMs,
      alternating,
      openLoop: loops as ServeFigures['openLoop'],
      ratePerSecond: RATE,
      residentBytes: resident,
      anonymousBytes: anonymous,
      peakBytes: watch.peak.resident,
      serverResidentBytes: watch.own().resident,
    };
  } finally {
    await served.stop();
  }
}

/**
 * Changes the index of a running server while it is asked `RATE` times a second.
 * @param update changes the index. @param title of a new paper. @param known id of that paper.
 */
export async function measureUpdate(
  options: ServeOptions,
  update: () => Promise<Pick<UpdateFigures, 'papers' | 'seconds' | 'stages' | 'peakBytes'>>,
  title: string,
  known: string,
): Promise<UpdateFigures> {
  const served = await serve(options);
  const { server, watch } = served;
  try {
    await warmUp(server.url, options.queries);
    watch.reset();
    const started = performance.now();
    const load = { answers: 0, failed: 0, times: [] as number[] };
    let isOver = false;
    const asking = (async () => {
      for (let round = 0; !isOver; round++) {
        const paths = [
          ...pathsOf('hybrid', options.queries, round),
          ...pathsOf('keyword', options.queries, round),
        ];
        const result = await openLoop({ url: server.url, paths, rate: RATE, seconds: 3 });
        load.answers += result.answers;
        load.failed += result.errors + result.timeouts + result.non2xx;
        if (result.latencyMs) load.times.push(result.latencyMs.median, result.latencyMs.p99);
      }
    })();
    const figures = await update();
    const path = `/search?${new URLSearchParams({ q: title, mode: 'keyword' })}`;
    for (
      let n = 0;
      !(await (await fetch(`${server.url}${path}&limit=${1 + (n++ % 50)}`)).text()).includes(known);
    ) {
      if (performance.now() - started > 3_600_000)
        throw new Error('The server does not find the new papers.');
    }
    const foundSeconds = (performance.now() - started) / 1000;
    isOver = true;
    await asking;
    return {
      ...figures,
      foundSeconds,
      answers: load.answers,
      failed: load.failed,
      latencyMs: load.times.length > 0 ? summarize(load.times) : null,
      serverPeakBytes: watch.peak.resident,
    };
  } finally {
    await served.stop();
  }
}

async function serve({ index, command, mostBytes }: ServeOptions) {
  const started = performance.now();
  const server = await ServerProcess.start(index, { pinning: command });
  const watch = new MemoryWatch(server.pid, mostBytes);
  return {
    server,
    watch,
    started,
    stop: async () => {
      watch.stop();
      await server.stop();
    },
  };
}

/** Asks until answers have the speed that they keep. */
async function warmUp(url: string, queries: readonly string[]): Promise<void> {
  for (const kind of Object.keys(KINDS) as Kind[]) {
    for (const query of queries.slice(0, 10)) await ask(`${url}${pathOf(kind, query, 7)}`);
  }
}

function pathOf(kind: Kind, query: string, spelling: number): string {
  return `/search?${new URLSearchParams({ q: variant(query, spelling) })}&${KINDS[kind]}`;
}

/** Many spellings of the queries: they are not in the cache of the server. */
function pathsOf(kind: Kind, queries: readonly string[], round = 0): string[] {
  return Array.from({ length: 16 }, (_, n) =>
    queries.map((query) => pathOf(kind, query, 10_000 + 16 * round + n)),
  ).flat();
}

async function ask(url: string): Promise<void> {
  const response = await fetch(url);
  const body = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${body.slice(0, 200)}`);
}
