import { Presets, SingleBar } from 'cli-progress';
import type { IngestProgress } from '../ingest/report.ts';

/** Shows progress on standard error: a bar on a terminal, now and then a line elsewhere. */
export interface ProgressDisplay {
  update(progress: IngestProgress): void;
  end(): void;
}

const STAGES: Readonly<Record<IngestProgress['stage'], string>> = {
  waiting: 'Another ingest holds this index, or was killed: waiting for up to 12 seconds…',
  'converting-model': 'Preparing the model (once)…',
  reading: 'Reading',
  encoding: 'Encoding',
  indexing: 'Building the keyword index…',
  writing: 'Writing the index…',
};

/** The display that fits the stream. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): ProgressDisplay {
  return stream.isTTY ? new TerminalProgress(stream) : new LineProgress(stream);
}

class TerminalProgress implements ProgressDisplay {
  readonly #stream: NodeJS.WriteStream;
  #bar: SingleBar | undefined;
  #stage: string | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  update(progress: IngestProgress): void {
    const entered = progress.stage !== this.#stage;
    this.#stage = progress.stage;
    if (progress.stage === 'encoding') {
      this.#bar ??= this.#start(progress.total);
      this.#bar.update(progress.done);
    } else if (progress.stage === 'reading') {
      if (entered || progress.done % 100 === 0)
        this.#stream.write(`\r\x1b[2KReading: ${progress.done} papers`);
    } else if (entered && STAGES[progress.stage]) {
      this.#clear();
      this.#stream.write(`${STAGES[progress.stage]}\n`);
    }
  }

  end(): void {
    this.#clear();
  }

  #start(total: number): SingleBar {
    this.#stream.write('\r\x1b[2K');
    const format = 'Encoding {bar} {value}/{total} papers, {eta_formatted} left';
    const bar = new SingleBar({ stream: this.#stream, format, etaBuffer: 100 }, Presets.shades_classic);
    bar.start(total, 0);
    return bar;
  }

  #clear(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#stream.write('\r\x1b[2K');
  }
}

/** Share of the work between two lines, and the longest silence (milliseconds). */
const STEP = 0.1;
const SILENCE_MS = 15_000;

class LineProgress implements ProgressDisplay {
  readonly #stream: NodeJS.WriteStream;
  #stage: string | undefined;
  #lastShare = 0;
  #lastTime = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  update(progress: IngestProgress): void {
    const entered = progress.stage !== this.#stage;
    this.#stage = progress.stage;
    if (progress.stage === 'encoding') {
      const share = progress.done / progress.total;
      const due = share - this.#lastShare >= STEP || performance.now() - this.#lastTime > SILENCE_MS;
      if (!entered && !due && share < 1) return;
      this.#lastShare = share;
      this.#lastTime = performance.now();
      this.#stream.write(`Encoding: ${progress.done} of ${progress.total} papers\n`);
    } else if (entered && progress.stage !== 'reading' && STAGES[progress.stage]) {
      this.#stream.write(`${STAGES[progress.stage]}\n`);
    }
  }

  end(): void {}
}
