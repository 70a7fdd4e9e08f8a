import { Session } from 'node:inspector';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly {
        readonly startOffset: number;
        readonly endOffset: number;
        readonly count: number;
      }[];
    }[];
  }[];
}

/** Which parts of our own code run, by V8's precise coverage. */
export class CodeCoverage {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** The code that ran since the last call: a name for each part, and how often it ran in powers of eight. */
  take(): Set<string> {
    const ran = new Set<string>();
    // In this process, the callback runs at once.
    this.#session.post('Profiler.takePreciseCoverage', (_error, given) => {
      for (const { url, functions } of (given as Coverage).result) {
        if (!url.includes('/src/')) continue;
        for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
          if (count > 0) ran.add(`${url} ${startOffset} ${endOffset} ${Math.trunc(Math.log2(count) / 3)}`);
        }
      }
    });
    return ran;
  }
}
