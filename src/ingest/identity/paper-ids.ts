import { ID_KINDS } from '../../papers/identifiers.ts';
import { compareTexts } from '../../util/compare-texts.ts';
import { isPreprintDoi } from './preprints.ts';

/** The ids of a paper. */
export interface PaperIds {
  readonly id: string;
  /** Other ids it is found by, sorted. */
  readonly aliases: readonly string[];
}

/** What a paper's ids are chosen from. */
export interface IdClaim {
  /** The ids of its records, the record that counts most first. */
  readonly own: readonly string[];
  /** The ids of the papers that its records made in the previous snapshot. */
  readonly earlier: readonly PaperIds[];
  /** The file of the record that counts most: it distinguishes two papers of one id. */
  readonly file: string;
  /** Its number in the file: it distinguishes papers of one id and file. Default 0. */
  readonly number?: number | undefined;
}

/** Claims by their places, from 0 to `length` - 1; they may be made at each reading. */
export interface IdClaims {
  readonly length: number;
  at(place: number): IdClaim | undefined;
}

/** The ids of papers, by the places of their claims. */
export class AssignedIds implements Iterable<PaperIds> {
  readonly #ids: readonly string[];
  /** Of the papers that have aliases. */
  readonly #aliases: ReadonlyMap<number, readonly string[]>;

  constructor(ids: readonly string[], aliases: ReadonlyMap<number, readonly string[]>) {
    this.#ids = ids;
    this.#aliases = aliases;
  }

  idOf(place: number): string {
    return this.#ids[place]!;
  }

  at(place: number): PaperIds {
    return { id: this.idOf(place), aliases: this.#aliases.get(place) ?? NONE };
  }

  *[Symbol.iterator](): Generator<PaperIds> {
    for (let place = 0; place < this.#ids.length; place++) yield this.at(place);
  }
}

/** Whether ids are those of some papers. */
export interface IdSet {
  has(id: string): boolean;
}

const NONE: readonly string[] = [];
const NO_IDS: IdSet = new Set<string>();
const KINDS = ID_KINDS.map((kind) => `${kind}:`);
/** The end of an id that was made of title and author. */
const MADE_OF_TITLE = /-[0-9a-f]{8}$/;

/**
 * How strong an id is, 0 the strongest: in the order of `ID_KINDS`, then the source's own, then those made of the title.
 * The DOI of a preprint is weaker than that of a publication.
 */
export function idRank(id: string): number {
  const kind = KINDS.findIndex((prefix) => id.startsWith(prefix));
  if (kind === 0 && isPreprintDoi(id.slice(KINDS[0]!.length))) return 0.5;
  if (kind >= 0) return kind;
  return MADE_OF_TITLE.test(id) ? KINDS.length + 1 : KINDS.length;
}

/**
 * Gives every paper an id of its own. A paper keeps the id that it had, or the strongest of several. When a paper is
 * split, the part with the record of that id keeps it. A new paper gets the strongest id of its records; if another
 * paper has that id, the file's name is added. All other ids become aliases, unless another paper has them as its id.
 * The order of the claims does not matter.
 * @param taken ids of papers that are not among the claims.
 */
export function assignIds(claims: IdClaims, taken: IdSet = NO_IDS): AssignedIds {
  const order = orderOf(claims);
  const keepers = keepersOf(claims, order);
  const ids = new Array<string>(claims.length);
  const given = new Set<string>();
  const isUsed = (id: string) => given.has(id) || taken.has(id);
  const heldBy = (place: number) => claims.at(place)!.earlier.filter(({ id }) => keepers.get(id) === place);
  for (const place of order) {
    const held = heldBy(place).map(({ id }) => id);
    if (held.length === 0) continue;
    ids[place] = strongest(held);
    given.add(ids[place]!);
  }
  for (const place of order) {
    if (ids[place] !== undefined) continue;
    const { own, file } = claims.at(place)!;
    ids[place] = unused(strongest(own), file, isUsed);
    given.add(ids[place]!);
  }
  const aliases = new Map<number, readonly string[]>();
  for (let place = 0; place < claims.length; place++) {
    const { own, earlier } = claims.at(place)!;
    if (earlier.length === 0 && own.length === 1 && own[0] === ids[place]) continue;
    const all = [...own, ...heldBy(place).flatMap((held) => [held.id, ...held.aliases])];
    const others = [...new Set(all)].filter((id) => !isUsed(id)).sort();
    if (others.length > 0) aliases.set(place, others);
  }
  return new AssignedIds(ids, aliases);
}

/** Which claim keeps each earlier id. */
function keepersOf(claims: IdClaims, order: Uint32Array): Map<string, number> {
  const keepers = new Map<string, number>();
  for (const place of order) {
    const { own, earlier } = claims.at(place)!;
    for (const { id } of earlier) {
      const keeper = keepers.get(id);
      const isBetter = keeper !== undefined && own.includes(id) && !claims.at(keeper)!.own.includes(id);
      if (keeper === undefined || isBetter) keepers.set(id, place);
    }
  }
  return keepers;
}

/** The places of claims, those with the strongest id first. */
function orderOf(claims: IdClaims): Uint32Array {
  const { length } = claims;
  const strengths = Array.from({ length }, (_, place) => strongest(claims.at(place)!.own));
  const ranks = Float64Array.from(strengths, idRank);
  return Uint32Array.from({ length }, (_, place) => place).sort((a, b) => {
    const byStrength = ranks[a]! - ranks[b]! || compareTexts(strengths[a]!, strengths[b]!);
    if (byStrength !== 0) return byStrength;
    const [left, right] = [claims.at(a)!, claims.at(b)!];
    return compareTexts(left.file, right.file) || (left.number ?? 0) - (right.number ?? 0);
  });
}

function strongest(ids: readonly string[]): string {
  return ids.reduce((best, id) => ((idRank(id) - idRank(best) || compareTexts(id, best)) < 0 ? id : best));
}

function unused(id: string, file: string, isUsed: (id: string) => boolean): string {
  if (!isUsed(id)) return id;
  const elsewhere = `${id}@${file}`;
  if (!isUsed(elsewhere)) return elsewhere;
  let n = 2;
  while (isUsed(`${elsewhere}#${n}`)) n++;
  return `${elsewhere}#${n}`;
}
