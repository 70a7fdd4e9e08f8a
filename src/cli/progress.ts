import { Presets, SingleBar } from 'cli-progress';
import type { HubProgress } from '../encode/models/hub-files.ts';
import type { IngestProgress } from '../ingest/report.ts';
import type { EvaluateProgress } from '../quality/evaluate/retrieve.ts';
import type { TuneProgress } from '../quality/tune/report.ts';
import type { SimulationProgress } from '../review/simulate/in-threads.ts';

/** The stage of a long command. */
type CommandProgress = IngestProgress | TuneProgress | EvaluateProgress | HubProgress | SimulationProgress;

/** Shows progress on standard error: bars on a terminal, a line now and then elsewhere. */
export interface ProgressDisplay {
  update(progress: CommandProgress): void;
  end(): void;
}

type Counted = Extract<CommandProgress, { total: number }>;
type Searchable = Extract<CommandProgress, { stage: 'searchable' }>;

const STAGES: Readonly<Record<Exclude<CommandProgress['stage'], 'searchable'>, string>> = {
  waiting: 'Another process is writing to this index, or was killed: waiting for up to 12 seconds…',
  'converting-model': 'Preparing the model (once)…',
  'replacing-encoder': 'The encoder process died or stalled: a new one encodes its texts again…',
  downloading: 'Downloading',
  reading: 'Reading',
  encoding: 'Encoding',
  'encoding-queries': 'Encoding',
  'encoding-sentences': 'Encoding',
  indexing: 'Indexing',
  mapping: 'Mapping',
  fitting: 'Fitting',
  searching: 'Searching',
  simulating: 'Simulating',
  writing: 'Writing the index…',
};

/** How the papers can be searched while the others are encoded. */
function searchableText({ papers, withVector }: Searchable): string {
  const written = (count: number) => count.toLocaleString('en-US');
  return withVector === 0
    ? `${written(papers)} papers can be searched by words; encoding continues.`
    : `${written(papers)} papers can be searched by words, ${written(withVector)} of them by meaning, too; encoding continues.`;
}

/** What is counted, if not papers. */
const UNITS: Readonly<Partial<Record<CommandProgress['stage'], string>>> = {
  downloading: 'kB',
  'encoding-queries': 'queries',
  'encoding-sentences': 'sentences',
  fitting: 'settings',
  mapping: 'steps',
  searching: 'queries',
};

/** The display for a stream. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): ProgressDisplay {
  return stream.isTTY ? new TerminalProgress(stream) : new LineProgress(stream);
}

/** Papers between two updates of the count. */
const READING_STEP = 100;

class TerminalProgress implements ProgressDisplay {
  readonly #stream: NodeJS.WriteStream;
  #bar: SingleBar | undefined;
  #startedAt = 0;
  #doneAtStart = 0;
  #stage: CommandProgress['stage'] | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  update(progress: CommandProgress): void {
    const entered = progress.stage !== this.#stage;
    this.#stage = progress.stage;
    if (entered) this.end();
    if (progress.stage === 'searchable') this.#stream.write(`${searchableText(progress)}\n`);
    else if ('total' in progress) {
      this.#bar ??= this.#start(progress);
      this.#bar.update(progress.done, { rate: this.#rate(progress.done) });
    } else if (progress.stage === 'reading') {
      if (!entered && progress.done % READING_STEP !== 0) return;
      this.#stream.write(`\r\x1b[2K${STAGES.reading}: ${progress.done} papers`);
    } else if (entered) this.#stream.write(`${STAGES[progress.stage]}\n`);
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#stream.write('\r\x1b[2K');
  }

  #start({ stage, done, total }: Counted): SingleBar {
    const format = `${STAGES[stage]} {bar} {value}/{total} ${unitOf(stage)}, {rate}/s, {eta_formatted} left`;
    const bar = new SingleBar({ stream: this.#stream, format, etaBuffer: 100 }, Presets.shades_classic);
    bar.start(total, done, { rate: '–' });
    this.#startedAt = performance.now();
    this.#doneAtStart = done;
    return bar;
  }

  /** Items per second since the bar started. */
  #rate(done: number): string {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    return seconds > 0 ? String(Math.round((done - this.#doneAtStart) / seconds)) : '–';
  }
}

/** Share of the work between two lines, and the longest time without a line (milliseconds). */
const STEP = 0.1;
const SILENCE_MS = 15_000;

class LineProgress implements ProgressDisplay {
  readonly #stream: NodeJS.WriteStream;
  #stage: CommandProgress['stage'] | undefined;
  #lastShare = 0;
  #lastTime = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  update(progress: CommandProgress): void {
    if (progress.stage === 'searchable') {
      this.#stream.write(`${searchableText(progress)}\n`);
      return;
    }
    const entered = progress.stage !== this.#stage;
    this.#stage = progress.stage;
    if ('total' in progress) this.#counted(progress, entered);
    else if (entered && progress.stage !== 'reading') this.#stream.write(`${STAGES[progress.stage]}\n`);
  }

  end(): void {}

  #counted({ stage, done, total }: Counted, entered: boolean): void {
    if (entered) this.#lastShare = 0;
    const share = total === 0 ? 1 : done / total;
    const due = share - this.#lastShare >= STEP || performance.now() - this.#lastTime > SILENCE_MS;
    if (done === 0 || (!due && share < 1)) return;
    this.#lastShare = share;
    this.#lastTime = performance.now();
    this.#stream.write(`${STAGES[stage]}: ${done} of ${total} ${unitOf(stage)}\n`);
  }
}

function unitOf(stage: CommandProgress['stage']): string {
  return UNITS[stage] ?? 'papers';
}
