import type { LogEntry } from '../indexes/store/append-log.ts';
import { visibleTexts } from '../text/visible-text.ts';
import { describeWatch } from '../watch/definition.ts';
import type { WatchEvent } from '../watch/events.ts';
import type { Watch } from '../watch/watches.ts';

/** A list of watches, one a line. */
export function renderWatches(watches: readonly Watch[]): string {
  if (watches.length === 0) {
    return 'There are no watches. Add one: paper-search watch add graph-kernels --query "graph kernels"';
  }
  const width = Math.max(...watches.map(({ name }) => name.length));
  return watches
    .map((watch) => visibleTexts(watch))
    .map((watch) => `${watch.name.padEnd(width)}  ${describeWatch(watch.definition)}  (${lastRunOf(watch)})`)
    .join('\n');
}

/** A watch with all that its definition says. */
export function renderWatch(given: Watch, secretFile: string | undefined): string {
  const watch = visibleTexts(given);
  const { definition, deliveries } = watch;
  const { query, like, unlike, mode, filters, rejected, minConfidence, changes, delivery } = definition;
  const chosen = Object.entries(filters).filter(([, value]) => value !== undefined);
  const open = deliveries.filter(({ failures }) => failures.size > 0);
  const rows: [string, string][] = [
    ['query', query || '–'],
    ['like', like.join(', ')],
    ['unlike', unlike.join(', ')],
    ['mode', mode],
    ...chosen.map(([name, value]): [string, string] => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
    ['rejected', rejected],
    ['confidence', `at least ${minConfidence}`],
    ['changes', changes ? 'retractions of reported papers, too' : ''],
    ['format', delivery.format],
    ['folder', delivery.folder ?? ''],
    ['webhook', delivery.post?.url ?? ''],
    ['secret', delivery.post ? (secretFile ?? '') : ''],
    ['from', delivery.from ?? ''],
    ['to', delivery.to ?? ''],
    ['created', watch.createdAt],
    ['new', watch.after === undefined ? 'every paper' : `papers that arrived after ${watch.after}`],
    ['last run', watch.lastRun ? `${watch.lastRun.at} on ${watch.lastRun.snapshot}` : 'never'],
    ['reported', `${papersIn(watch)} papers`],
    ...open.map(({ id, failures }): [string, string] => [
      'failed',
      `${id}: ${[...failures.values()].join(' ')}`,
    ]),
  ];
  const shown = rows.filter(([, value]) => value !== '');
  const width = Math.max(...shown.map(([label]) => label.length));
  return [watch.name, ...shown.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`)].join('\n');
}

/** What has happened to a watch, an event a line, the oldest first. */
export function renderHistory(entries: readonly LogEntry<WatchEvent>[]): string {
  return entries
    .map((entry) => visibleTexts(entry))
    .map(({ at, value }) => `${at.slice(0, 19)}Z  ${eventText(value)}`)
    .join('\n');
}

function eventText(event: WatchEvent): string {
  switch (event.kind) {
    case 'created':
    case 'edited':
      return `${event.kind}: ${describeWatch(event.definition)}`;
    case 'nothing':
      return `ran on ${event.snapshot}: nothing new`;
    case 'found':
      return [
        `ran on ${event.snapshot}: ${event.papers.length} new, report ${event.delivery}`,
        ...event.papers.map(({ id, title, status }) => `    ${id}  ${status ? `[${status}] ` : ''}${title}`),
      ].join('\n');
    case 'delivered':
      return `delivered ${event.delivery}: ${event.place ?? event.to}`;
    case 'failed':
      return `not delivered ${event.delivery}: ${event.reason}`;
    case 'removed':
      return 'removed';
  }
}

function lastRunOf({ lastRun, ...watch }: Watch): string {
  const failed = watch.deliveries.some(({ failures }) => failures.size > 0);
  const papers = papersIn(watch);
  const last = lastRun ? `last run ${lastRun.at.slice(0, 10)}` : 'never run';
  return `${last}, ${papers} ${papers === 1 ? 'paper' : 'papers'}${failed ? ', not all delivered' : ''}`;
}

function papersIn({ deliveries }: Pick<Watch, 'deliveries'>): number {
  return deliveries.reduce((sum, { papers }) => sum + papers.length, 0);
}
