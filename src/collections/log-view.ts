import type { Annotations } from './collection.ts';
import type { CollectionEvent, Recorded } from './events.ts';
import { undoneNumbers } from './state.ts';

/** An event as readers see it: papers by id and title, without secrets of links. */
export interface LogLine {
  readonly number: number;
  readonly at: string;
  readonly by?: string | undefined;
  readonly type: CollectionEvent['type'];
  /** Whether it was taken back and does not count. */
  readonly undone: boolean;
  /** The papers that it is about; the title where the event has it. */
  readonly papers?:
    | readonly (Partial<Annotations> & { readonly id: string; readonly title?: string })[]
    | undefined;
  /** What was said about each of the papers. */
  readonly changes?: Readonly<Record<string, unknown>> | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** The event that undo or redo is about. */
  readonly of?: number | undefined;
  /** The id of the link that was created or revoked. */
  readonly share?: string | undefined;
}

/** The events of a log as readers see them, in their order. */
export function logLines(log: readonly Recorded[]): LogLine[] {
  const undone = undoneNumbers(log);
  return log.map(({ number, at, value }) => ({
    number,
    at,
    ...(value.by !== undefined && { by: value.by }),
    type: value.type,
    undone: undone.has(number),
    ...detailsOf(value),
  }));
}

function detailsOf(event: CollectionEvent): Partial<LogLine> {
  switch (event.type) {
    case 'created':
    case 'described': {
      const { name, description } = event;
      return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
    }
    case 'added':
      return {
        papers: event.entries.map(({ paper, note, tags, state, rating, role }) => ({
          id: paper.id,
          title: paper.title,
          ...definedOnly({ note, tags, state, rating, role }),
        })),
      };
    case 'changed': {
      const { note, tags, addTags, removeTags, state, rating, role } = event;
      return {
        papers: event.ids.map((id) => ({ id })),
        changes: definedOnly({ note, tags, addTags, removeTags, state, rating, role }),
      };
    }
    case 'removed':
      return { papers: event.ids.map((id) => ({ id })) };
    case 'moved':
      return { papers: event.ids.map((id) => ({ id })), changes: definedOnly({ before: event.before }) };
    case 'followed':
      return { papers: event.papers.map(({ paper }) => ({ id: paper.id, title: paper.title })) };
    case 'undone':
    case 'redone':
      return { of: event.number };
    case 'shared':
      return { share: event.share.id };
    case 'unshared':
      return { share: event.share };
    default:
      return {};
  }
}

function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}
