import { BASE, type Kind } from '../engines/registry.ts';
import type { MeasuredEngine, SizeRecord } from '../record.ts';
import { digits } from './format.ts';
import { measuredEngines } from './select.ts';

/** A measure of which less is better; undefined where an engine has none. */
interface Measure {
  readonly name: string;
  readonly of: (engine: MeasuredEngine) => number | undefined;
  /** What paper-search needs less than is not compared. */
  readonly least?: number;
}

/** How much better something has to be to be named: less is within what a run scatters. */
const MARGIN = 1.05;
/** Builds that take less (seconds) are not compared: they take over what they are given. */
const NO_BUILD = 0.05;
/** No alternative: what it does is part of the others. */
export const ENCODING = 'query-encoding';

/**
 * Where alternatives do better than paper-search, a sentence a measure, the furthest ahead first. Undefined
 * where paper-search was not measured.
 */
export function betterThanBase(kind: Kind, size: SizeRecord): string[] | undefined {
  const engines = measuredEngines(size);
  const base = engines.find(({ name }) => name === BASE[kind]);
  if (!base) return undefined;
  return measures(base).flatMap(({ name, of, least = 0 }) => {
    const own = of(base);
    if (own === undefined || own < least) return [];
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
    { name: 'Build time', of: ({ buildSeconds }) => buildSeconds, least: NO_BUILD },
    { name: 'Disk', of: ({ diskBytes }) => diskBytes ?? undefined },
    { name: 'Peak memory', of: ({ peakBytes }) => peakBytes },
    ...Object.keys(base.sets).flatMap((set): Measure[] => [
      { name: `Median latency, "${set}" queries`, of: ({ sets }) => sets[set]?.wallUs.median },
      { name: `p99 latency, "${set}" queries`, of: ({ sets }) => sets[set]?.wallUs.p99 },
    ]),
  ];
}
