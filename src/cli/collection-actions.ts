import { PaperSearchError } from '../errors.ts';
import { kebabCase } from '../util/kebab-case.ts';

interface ActionInfo {
  /** Its arguments, as the help shows them. */
  readonly usage: '' | 'NAME' | 'COLLECTION' | 'COLLECTION FILE' | 'COLLECTION ID...';
  readonly what: string;
  /** The options that it has besides those of every action. */
  readonly options: readonly string[];
}

const SAID = ['note', 'tag', 'state', 'rating', 'role'] as const;

/** What `paper-search collection` can do. */
export const COLLECTION_ACTIONS = {
  list: { usage: '', what: 'list the collections', options: ['deleted'] },
  new: { usage: 'NAME', what: 'create one', options: ['description'] },
  show: { usage: 'COLLECTION', what: 'show its papers', options: ['tag', 'state', 'role'] },
  add: { usage: 'COLLECTION ID...', what: 'add papers of the index', options: SAID },
  set: {
    usage: 'COLLECTION ID...',
    what: 'change what is said about papers',
    options: [...SAID, 'untag'],
  },
  remove: { usage: 'COLLECTION ID...', what: 'take papers out', options: [] },
  undo: { usage: 'COLLECTION', what: 'take back your last change', options: [] },
  redo: { usage: 'COLLECTION', what: 'repeat what you undid', options: [] },
  log: { usage: 'COLLECTION', what: 'show every change', options: [] },
  import: {
    usage: 'COLLECTION FILE',
    what: 'add the papers of a file, with notes; creates the collection',
    options: [],
  },
  export: { usage: 'COLLECTION', what: 'print it with notes', options: ['format'] },
  share: {
    usage: 'COLLECTION',
    what: 'create a link to read it, or revoke one',
    options: ['label', 'withoutNotes', 'revoke'],
  },
  delete: { usage: 'COLLECTION', what: 'delete it', options: [] },
  restore: { usage: 'COLLECTION', what: 'restore a deleted one', options: [] },
} as const satisfies Readonly<Record<string, ActionInfo>>;

export type CollectionAction = keyof typeof COLLECTION_ACTIONS;

/** @throws PaperSearchError BAD_REQUEST for arguments or options that an action does not have. */
export function expectOptions(
  action: CollectionAction,
  name: string | undefined,
  values: readonly string[],
  given: object,
): void {
  const { usage, options }: ActionInfo = COLLECTION_ACTIONS[action];
  const allowed = new Set<string>([...options, 'by']);
  const wrong = Object.keys(given).find((option) => !allowed.has(option));
  if (wrong !== undefined) {
    const message = `"collection ${action}" does not have the option --${kebabCase(wrong)}.`;
    throw new PaperSearchError('BAD_REQUEST', message);
  }
  const [least, most] = usage.endsWith('ID...')
    ? [1, Number.POSITIVE_INFINITY]
    : usage.endsWith('FILE')
      ? [1, 1]
      : [0, 0];
  const isNamed = (name !== undefined && name !== '') === (usage !== '');
  if (isNamed && values.length >= least && values.length <= most) return;
  throw new PaperSearchError('BAD_REQUEST', `Usage: paper-search collection ${action} ${usage}`.trim());
}
