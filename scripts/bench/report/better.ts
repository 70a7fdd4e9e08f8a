import { BASE, type Kind } from '../engines/registry.ts';
import type { MeasuredEngine, SizeRecord } from '../record.ts';
import { digits } from './format.ts';
import { measuredEngines } from './select.ts';

/** A measure where less is better; undefined if an engine does not have it. */
interface Measure {
  readonly name: string;
  readonly of: (engine: MeasuredEngine) => number | undefined;
  /** Values of paper-search below this are not compared. */
  readonly min?: number;
}

/** Minimum factor by which an alternative has to be better: smaller factors are within the variation of a run. */
const MARGIN = 1.05;
/** Builds that take less (seconds) are not compared: they only load their input. */
const NO_BUILD = 0.05;
/** Not an alternative: the others include it. */
export const ENCODING = 'query-encoding';

/**
 * Where alternatives are better than paper-search: one sentence per measure, the largest factor first. Undefined if
 * paper-search was not measured.
 */
export function betterThanBase(kind: Kind, size: SizeRecord): string[] | undefined {
  const engines = measuredEngines(size);
  const base = engines.find(({ name }) => name === BASE[kind]);
  if (!base) return undefined;
  return measures(base).flatMap(({ name, of, min = 0 }) => {
    const own = of(base);
    if (own === undefined || own < min) return [];
    const better = engines
      .filter((engine) => engine !== base && engine.name !== ENCODING)
      .flatMap((engine) => {
        const value = of(engine);
        return value !== undefined && own > value * MARGIN
          ? [{ engine: engine.name, ratio: own / value }]
          : [];
      })
      .sort((a, b) => b.ratio - a.ratio);
    if (better.length === 0) return [];
    const list = better.map(({ engine, ratio }) => `${engine} (${digits(ratio)}×)`).join(', ');
    return [`${name}: ${list}`];
  });
}

/** How much longer than encoding the query a hybrid answer of paper-search takes; undefined for other kinds. */
export function encodingSentence(kind: Kind, size: SizeRecord): string | undefined {
  const engines = measuredEngines(size);
  const base = engines.find(({ name }) => name === BASE[kind]);
  const encoding = engines.find(({ name }) => name === ENCODING);
  if (!base || !encoding) return undefined;
  const ratios = Object.entries(base.sets).flatMap(([set, { wallUs }]) => {
    const alone = encoding.sets[set]?.wallUs.median;
    return alone ? [`${digits(wallUs.median / alone)}× ("${set}")`] : [];
  });
  return `Hybrid search takes this many times as long as encoding the query alone: ${ratios.join(', ')}.`;
}

function measures(base: MeasuredEngine): Measure[] {
  return [
    { name: 'Build time', of: ({ buildSeconds }) => buildSeconds, min: NO_BUILD },
    { name: 'Disk', of: ({ diskBytes }) => diskBytes ?? undefined },
    { name: 'Peak memory', of: ({ peakBytes }) => peakBytes },
    ...Object.keys(base.sets).flatMap((set): Measure[] => [
      { name: `Median latency, "${set}" queries`, of: ({ sets }) => sets[set]?.wallUs.median },
      { name: `p99 latency, "${set}" queries`, of: ({ sets }) => sets[set]?.wallUs.p99 },
    ]),
  ];
}
