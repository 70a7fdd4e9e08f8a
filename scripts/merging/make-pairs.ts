import { titleKey } from '../../src/papers/identity.ts';
import { mulberry32, shuffled } from '../../src/util/random.ts';
import { type Collection, type Pair, readCollection } from './pairs.ts';
import { DIFFERENT, type PairRecord, SAME } from './rules.ts';

const SEED = 12;
/** Pairs for each rule that makes a pair of one record. */
const A_RULE = 22;
const ACL = 'acl-anthology';
const RECURRING = /^(?:preface|introduction|editorial|foreword|message from|erratum|book reviews?)\b/i;
/**
 * Documents that occur twice, although their abstracts begin differently, as reading them shows: with the abstract of
 * another document (Cranfield), or reworded and shortened. They are in neither half.
 */
const TWICE: ReadonlySet<string> = new Set([
  ...['259', '1259', '272', '1272', '843', '889'].map((id) => `cranfield/${id}`),
  ...['1470', '1485'].map((id) => `cacm-related/${id}`),
  ...['175', '179', '1265', '1266'].map((id) => `cisi/${id}`),
]);

/**
 * Draws labelled pairs from the collections. Labels come from ids (of the ACL Anthology, which two collections share),
 * from completely different authors, or from the rule; never from the product's decisions.
 */
export function makePairs(folder: string): Pair[] {
  const random = mulberry32(SEED);
  const acl = readCollection(folder, ACL);
  const lists = readCollection(folder, 'conference-lists');
  const older = ['cranfield', 'cacm-related', 'cisi'].map(
    (name) => [name, readCollection(folder, name)] as const,
  );
  const some = <T>(items: readonly T[], count: number) => shuffled(items, random).slice(0, count);
  const usable = [...acl].filter(([, { title, authors }]) => {
    const content = titleKey(title)
      .split(' ')
      .filter((word) => word.length > 3);
    return content.length >= 4 && authors.length > 0 && !RECURRING.test(title);
  });
  const accented = usable.filter(([, { authors }]) =>
    authors.some((name) => /[^\p{sc=Latin}]|[À-ž]/u.test(name.replace(/[\s.'-]/g, ''))),
  );
  const pairs: Pair[] = [];
  const add = (label: Pair['label'], rule: string, drawn: readonly (readonly [string, string])[]) => {
    for (const [a, b] of drawn) pairs.push({ label, rule, a, b });
  };
  const byId = [...lists.keys()].flatMap((id) => {
    const name = id.replace(/^[a-z]+\d{4}-/, '');
    return acl.has(name) ? [[`${ACL}/${name}`, `conference-lists/${id}`] as const] : [];
  });
  const differs = ([a, b]: readonly [string, string]) => {
    const [x, y] = [acl.get(a.slice(ACL.length + 1))!, lists.get(b.slice('conference-lists/'.length))!];
    return x.title !== y.title || x.authors.join() !== y.authors.join();
  };
  add('same', 'as-it-is', [...some(byId.filter(differs), 50), ...some(byId, 10)]);
  for (const rule of Object.keys(SAME).filter((name) => name !== 'as-it-is')) {
    const from = /accents|transliterated/.test(rule) ? accented : usable;
    add(
      'same',
      rule,
      some(from, A_RULE).map(([id]) => [`${ACL}/${id}`, `${ACL}/${id}`]),
    );
  }
  add('different', 'as-they-are', some(strangers(ACL, acl), 40));
  for (const [name, records] of older) add('different', 'as-they-are', some(strangers(name, records), 20));
  add('different', 'as-they-are', some(recurringByOne(acl), 30));
  for (const [name, records] of older) add('different', 'as-they-are', some(parts(name, records), 20));
  const made = Object.keys(DIFFERENT).filter((name) => name !== 'as-they-are');
  for (const rule of made) {
    const drawn = some(usable, 2 * A_RULE).map(([id]) => `${ACL}/${id}`);
    add(
      'different',
      rule,
      Array.from({ length: A_RULE - 4 }, (_, n) => [drawn[2 * n]!, drawn[2 * n + 1]!]),
    );
  }
  return pairs;
}

/** Pairs with one title by different people, who share no word of their names. */
function strangers(name: string, records: Collection): (readonly [string, string])[] {
  return ofOneTitle(name, records)
    .filter(({ a, b }) => {
      const namesOf = (record: PairRecord) =>
        new Set(
          titleKey(record.authors.join(' '))
            .split(' ')
            .filter((word) => word.length > 1),
        );
      const others = namesOf(b);
      return (
        a.authors.length > 0 && b.authors.length > 0 && ![...namesOf(a)].some((word) => others.has(word))
      );
    })
    .map(({ ids }) => ids);
}

/** Pairs of one recurring title by one person in two years. */
function recurringByOne(records: Collection): (readonly [string, string])[] {
  return ofOneTitle(ACL, records)
    .filter(
      ({ a, b }) =>
        RECURRING.test(a.title) && a.year !== b.year && a.authors.some((name) => b.authors.includes(name)),
    )
    .map(({ ids }) => ids);
}

/** Pairs of one title, by the same people or without authors, whose abstracts begin differently. */
function parts(name: string, records: Collection): (readonly [string, string])[] {
  return ofOneTitle(name, records)
    .filter(({ ids, a, b }) => {
      const isOne = a.authors.join().toLowerCase() === b.authors.join().toLowerCase();
      const isText = a.abstract.length > 200 && b.abstract.length > 200;
      return (
        isOne &&
        isText &&
        a.abstract.slice(0, 30) !== b.abstract.slice(0, 30) &&
        !ids.some((id) => TWICE.has(id))
      );
    })
    .map(({ ids }) => ids);
}

function ofOneTitle(name: string, records: Collection) {
  const byTitle = new Map<string, string[]>();
  for (const [id, { title }] of records) {
    const key = titleKey(title);
    if (key !== '') byTitle.set(key, [...(byTitle.get(key) ?? []), id]);
  }
  return [...byTitle.values()]
    .filter((ids) => ids.length > 1)
    .flatMap((ids) => ids.slice(0, 12).flatMap((x, at) => ids.slice(at + 1, 12).map((y) => [x, y] as const)))
    .map(([x, y]) => ({
      ids: [`${name}/${x}`, `${name}/${y}`] as const,
      a: records.get(x)!,
      b: records.get(y)!,
    }));
}
