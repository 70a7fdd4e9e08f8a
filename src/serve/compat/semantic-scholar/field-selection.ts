import { PaperSearchError } from '../../../errors.ts';

/** The fields that can be selected, each with the fields inside it. */
export interface FieldTree {
  readonly [name: string]: FieldTree;
}

/** The selected fields, in the order of the request. */
export type FieldSelection = ReadonlyMap<string, SelectedField>;

export interface SelectedField {
  /** Whether the field itself was named and not only a field inside it; then its defaults are selected too. */
  readonly whole: boolean;
  readonly inside: FieldSelection;
}

interface Selecting extends SelectedField {
  whole: boolean;
  readonly inside: Map<string, Selecting>;
}

/** Maximum number of names in a list: all names several times. */
const MAX_NAMES = 500;

/**
 * Parses `title,authors.name`: comma-separated names, with a dot before a name inside another.
 * @param text blank or undefined selects `defaults`.
 * @param tree the fields that can be selected.
 * @throws PaperSearchError BAD_REQUEST that lists every unknown name.
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

/** A selection of these fields with everything inside them. */
export function fieldsNamed(...names: readonly string[]): FieldSelection {
  return new Map(names.map((name) => [name, { whole: true, inside: new Map() }]));
}

/** The selection inside a field; includes `defaults` if the field itself was named. */
export function insideOf({ whole, inside }: SelectedField, ...defaults: readonly string[]): FieldSelection {
  return whole ? new Map([...fieldsNamed(...defaults), ...inside]) : inside;
}
