import { firstDayOf, UNDATED } from '../../src/papers/day.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { Condition, QueryTextField, TextCondition } from '../../src/query/ast.ts';
import { type AnalyzedToken, analyze } from '../../src/text/analyzer.ts';
import { foldValue } from '../../src/text/fold-value.ts';
import { stem } from '../../src/text/stemmer.ts';
import { isStopWord } from '../../src/text/stop-words.ts';
import { tokenize } from '../../src/text/tokenizer.ts';
import { endingsAfter } from '../../src/text/word-endings.ts';

/**
 * Whether a paper fulfils a condition, found out from its text, slowly and plainly; for conditions without words or
 * phrases of authors, whose names are compared with those of the whole corpus.
 */
export function holds(paper: Paper, condition: Condition): boolean {
  return verdict(paper, condition) ?? false;
}

/** Undefined for a condition without requirements, which is ignored. */
function verdict(paper: Paper, condition: Condition): boolean | undefined {
  switch (condition.kind) {
    case 'and':
      return combined(paper, condition.clauses, (verdicts) => verdicts.every((held) => held));
    case 'or':
      return combined(paper, condition.clauses, (verdicts) => verdicts.some((held) => held));
    case 'not': {
      const held = verdict(paper, condition.clause);
      return held === undefined ? undefined : !held;
    }
    case 'year': {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = condition;
      return paper.year !== undefined && paper.year >= from && paper.year <= to;
    }
    case 'published': {
      const day = firstDayOf(paper);
      return day !== UNDATED && day >= condition.from && day <= condition.to;
    }
    case 'count': {
      const { from = 0, to = Number.POSITIVE_INFINITY } = condition;
      const count = condition.of === 'references' ? (paper.references ?? []).length : 0;
      return count >= from && count <= to;
    }
    case 'instant': {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = condition;
      const instant = Date.parse(paper[condition.of] ?? '');
      return instant >= from && instant <= to;
    }
    case 'has':
      return condition.what === 'pdf' ? paper.urls.pdf !== undefined : paper.abstract !== '';
    case 'fact': {
      if (condition.fact === 'id') return paper.id === condition.text.toLowerCase();
      const values = condition.fact === 'area' ? paper.categories : [paper.session?.name ?? ''];
      const wanted = analyzedWords(condition.text);
      return values.some(
        (value) => wanted.length > 0 && wanted.every((word) => analyzedWords(value).includes(word)),
      );
    }
    default:
      return onlyStopWords(paper, condition) ?? textHolds(paper, condition);
  }
}

/** Whether a paper has words of which none is indexed: in whole values, and without the titles in nothing else. */
function onlyStopWords(paper: Paper, { kind, field, text }: TextCondition): boolean | undefined {
  const isIndexed = kind === 'prefix' || kind === 'fuzzy' || analyze(text).length > 0;
  if (isIndexed || tokenize(text).length === 0 || (field === undefined && kind !== 'phrase'))
    return undefined;
  const isValue = field === 'venue' || field === 'keyword';
  return isValue && textsOf(paper, field).some((value) => foldValue(value) === foldValue(text));
}

/** The same of a condition on text as the keyword index finds it; true where none of its words is indexed. */
export function holdsInIndex(paper: Paper, condition: TextCondition): boolean {
  return textHolds(paper, condition) ?? true;
}

function combined(
  paper: Paper,
  clauses: readonly Condition[],
  together: (verdicts: readonly boolean[]) => boolean,
): boolean | undefined {
  const verdicts = clauses.map((clause) => verdict(paper, clause)).filter((held) => held !== undefined);
  return verdicts.length === 0 ? undefined : together(verdicts);
}

/** For texts without stop words. */
function analyzedWords(text: string): string[] {
  return foldValue(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const FIELDS = ['title', 'abstract', 'author', 'venue', 'keyword'] as const;

/** The texts of a field: one, or one for each author or keyword. */
function textsOf(paper: Paper, field: QueryTextField): readonly string[] {
  if (field === 'author') return paper.authors;
  if (field === 'keyword') return paper.keywords;
  return [paper[field] ?? ''];
}

function textHolds(paper: Paper, condition: TextCondition): boolean | undefined {
  const fields = condition.field === undefined ? FIELDS : [condition.field];
  const texts = fields.flatMap((field) => textsOf(paper, field)).map((each) => analyze(each));
  const { text } = condition;
  const nothingAsked =
    condition.kind !== 'prefix' && condition.kind !== 'fuzzy' && analyze(text).length === 0;
  if (nothingAsked) return undefined;
  switch (condition.kind) {
    case 'prefix': {
      const stems = endingsAfter(text).map((ending) => stem(text + ending));
      return texts
        .flat()
        .some(
          ({ surface, term }) =>
            surface.startsWith(text) ||
            term.startsWith(text) ||
            (/^[a-z]+$/.test(text) && stems.includes(term)),
        );
    }
    case 'fuzzy': {
      const oneAway = new Set(/^[a-z]+$/.test(text) ? variants(text).map(stem) : []);
      return texts
        .flat()
        .some(
          ({ term }) =>
            distance(term, text) <= condition.edits ||
            distance(term, stem(text)) <= condition.edits ||
            oneAway.has(term),
        );
    }
    case 'phrase':
      return texts.some((tokens) => phraseHolds(tokens, analyze(text)));
    case 'near':
      return fields.some((field) => nearHolds(textsOf(paper, field), text, condition.distance));
    case 'words':
      return wordsHold(texts, text);
  }
}

const isChain = ({ parts }: AnalyzedToken) => parts.length > 1;
const edgesOnStopWords = ({ parts }: AnalyzedToken) => isStopWord(parts[0]!) || isStopWord(parts.at(-1)!);

/** Neighbouring words joined to one. */
function neighbours(query: readonly AnalyzedToken[]): { from: number; to: number; term: string }[] {
  const words = query.filter(({ parts }) => parts.length === 0);
  return words.slice(1).flatMap((word, i) => {
    const before = words[i]!;
    const numbers = [before, word].every(({ surface }) => /^[\d.]+$/.test(surface));
    if (numbers || word.position !== before.position + 1) return [];
    return [{ from: before.position, to: word.position + 1, term: stem(before.surface + word.surface) }];
  });
}

/** What must occur at a position of the query. */
function requiredAt(query: readonly AnalyzedToken[], place: number): string[] {
  return query
    .filter((token) => token.position === place && (!isChain(token) || edgesOnStopWords(token)))
    .map(({ term }) => term);
}

function phraseHolds(tokens: readonly AnalyzedToken[], query: readonly AnalyzedToken[]): boolean {
  const stands = (term: string, at: number) =>
    tokens.some((token) => token.term === term && token.position === at);
  const singles = [
    ...query
      .filter(isChain)
      .map(({ term, position, parts }) => ({ from: position, to: position + parts.length, term })),
    ...neighbours(query),
  ];
  const places = Array.from({ length: 200 }, (_, place) => place).filter(
    (place) => requiredAt(query, place).length > 0,
  );
  const end = places.at(-1)! + 1;
  const goesOn = (place: number, at: number): boolean => {
    if (place >= end) return true;
    if (requiredAt(query, place).every((term) => stands(term, at)) && goesOn(place + 1, at + 1)) return true;
    return singles.some(({ from, to, term }) => from === place && stands(term, at) && goesOn(to, at + 1));
  };
  return tokens.some(({ position }) => goesOn(places[0]!, position));
}

function wordsHold(texts: readonly AnalyzedToken[][], text: string): boolean {
  const query = analyze(text);
  const joined = neighbours(query);
  const chains = query.filter(isChain);
  const has = (term: string) => texts.some((tokens) => tokens.some((token) => token.term === term));
  const across = (from: number, to: number) =>
    joined.some((pair) => pair.from < to && pair.to > from && has(pair.term));
  const longest = chains.filter(
    ({ position, parts }) =>
      !chains.some(
        (other) =>
          other.parts.length > parts.length &&
          other.position <= position &&
          position + parts.length <= other.position + other.parts.length,
      ),
  );
  const inChain = (place: number) =>
    longest.some(({ position, parts }) => place >= position && place < position + parts.length);
  const chainsHold = longest.every(({ position, parts }) => {
    const end = position + parts.length;
    const inside = query.filter((token) => token.position >= position && token.position < end);
    const pairsOutside = (pair: { from: number; to: number }) => pair.from < position || pair.to > end;
    return (
      texts.some((tokens) => phraseHolds(tokens, inside)) ||
      joined.some((pair) => pairsOutside(pair) && pair.from < end && pair.to > position && has(pair.term))
    );
  });
  const others = query.filter((token) => !isChain(token) && !inChain(token.position));
  return (
    chainsHold &&
    others.every(({ position }) => {
      const required = requiredAt(query, position);
      const together = texts.some((tokens) =>
        tokens.some(({ position: at }) =>
          required.every((term) => tokens.some((token) => token.term === term && token.position === at)),
        ),
      );
      return together || across(position, position + 1);
    })
  );
}

/** Tries every choice of positions. */
function nearHolds(values: readonly string[], text: string, distanceAllowed: number): boolean {
  const query = analyze(text);
  const singles = [
    ...query
      .filter(isChain)
      .map(({ term, position, parts }) => ({ from: position, to: position + parts.length, term })),
    ...neighbours(query),
  ];
  const places = Array.from(new Set(query.map(({ position }) => position))).filter(
    (place) => requiredAt(query, place).length > 0,
  );
  const different = places.filter(
    (place, i) =>
      places.findIndex((other) => requiredAt(query, other).join() === requiredAt(query, place).join()) === i,
  );
  return values.some((value) => {
    const tokens = analyze(value);
    const at = (term: string) =>
      tokens.filter((token) => token.term === term).map(({ position }) => position);
    const choices = different.map((place) => {
      const [first, ...rest] = requiredAt(query, place).map(at);
      const own = first!.filter((position) => rest.every((list) => list.includes(position)));
      const others = singles
        .filter(({ from, to }) => from <= place && place < to)
        .flatMap(({ term }) => at(term));
      return [...own, ...others];
    });
    const fits = (index: number, low: number, high: number): boolean => {
      if (high - low + 1 > different.length + distanceAllowed) return false;
      if (index === choices.length) return true;
      return choices[index]!.some((position) =>
        fits(index + 1, Math.min(low, position), Math.max(high, position)),
      );
    };
    return choices.length > 0 && choices[0]!.some((position) => fits(1, position, position));
  });
}

/** Optimal string alignment distance, by its recurrence over the whole table. */
export function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i]![j] = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? table[i - 2]![j - 2]! + 1
          : Number.POSITIVE_INFINITY,
      );
    }
  }
  return table[a.length]![b.length]!;
}

/** Words one edit away, in lower case. */
function variants(word: string): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  return Array.from({ length: word.length + 1 }, (_, i) => {
    const [before, after] = [word.slice(0, i), word.slice(i)];
    return [
      ...letters.map((letter) => before + letter + after),
      ...letters.map((letter) => before + letter + after.slice(1)),
      before + after.slice(1),
      before + after.slice(0, 2).split('').reverse().join('') + after.slice(2),
    ];
  })
    .flat()
    .filter((made) => distance(made, word) <= 1 && !isStopWord(made));
}
