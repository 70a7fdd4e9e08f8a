import { PaperSearchError } from '../../../errors.ts';

/** The names that may be selected, each with those inside it. */
export interface FieldTree {
  readonly [name: string]: FieldTree;
}

/** Fields that were selected, in the order they were named. */
export type FieldSelection = ReadonlyMap<string, SelectedField>;

export interface SelectedField {
  /** Whether it was named itself, and not only something inside it: then what it shows by default is wanted, too. */
  readonly whole: boolean;
  readonly inside: FieldSelection;
}

interface Selecting extends SelectedField {
  whole: boolean;
  readonly inside: Map<string, Selecting>;
}

/** Most names in one list: all that there are, several times. */
const MAX_NAMES = 500;

/**
 * Reads `title,authors.name`: names separated by commas, with a dot before one inside another.
 * @param text blank or undefined selects `defaults`. @param tree what may be selected.
 * @throws PaperSearchError BAD_REQUEST that lists every name that the tree does not have.
 */
export function selectFields(
  text: string | undefined,
  tree: FieldTree,
  defaults: readonly string[],
): FieldSelection {
  const given = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const names = given.length > 0 ? given : defaults;
  const unknown = names.length > MAX_NAMES ? ['…'] : names.filter((name) => !isIn(tree, name.split('.')));
  if (unknown.length > 0) {
    throw new PaperSearchError('BAD_REQUEST', `Unrecognized or unsupported fields: [${unknown.join(', ')}]`, {
      details: { parameter: 'fields' },
    });
  }
  const selection = new Map<string, Selecting>();
  for (const name of names) select(selection, name.split('.'));
  return selection;
}

function isIn(tree: FieldTree, path: readonly string[]): boolean {
  let here: FieldTree | undefined = tree;
  for (const name of path) {
    if (!here || !Object.hasOwn(here, name)) return false;
    here = here[name];
  }
  return true;
}

function select(selection: Map<string, Selecting>, [name = '', ...rest]: readonly string[]): void {
  const field = selection.get(name) ?? { whole: false, inside: new Map() };
  selection.set(name, field);
  if (rest.length === 0) field.whole = true;
  else select(field.inside, rest);
}

/** A selection of these names, each whole. */
export function fieldsNamed(...names: readonly string[]): FieldSelection {
  return new Map(names.map((name) => [name, { whole: true, inside: new Map() }]));
}

/** What is selected inside a field: `defaults` too, where it was named itself. */
export function insideOf({ whole, inside }: SelectedField, ...defaults: readonly string[]): FieldSelection {
  return whole ? new Map([...fieldsNamed(...defaults), ...inside]) : inside;
}
