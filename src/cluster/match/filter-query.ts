import { PaperSearchError } from '../../errors.ts';
import { EVERY_FILTER_FIELD, type EveryFilterField } from '../../papers/internal-fields.ts';
import type { EveryFilter } from '../../search/match/filters.ts';
import { rangeOf } from '../../search/match/ranges.ts';
import type { ClusterQuery } from '../search/lookups.ts';
import { flagsPath, numberPath } from '../store/paths.ts';
import { withIdentifier, withValue, withWords } from './field-query.ts';
import type { MatchTools } from './match-tools.ts';
import { authorQuery } from './people-query.ts';
import { allOf, anyOf, EVERY_PAPER, NO_PAPER, range, term } from './queries.ts';
import { textQuery } from './text-query.ts';

const NO_SPAN = { start: 0, end: 0 };

/**
 * The papers that pass all filters, as `matchFilters` finds them in an index on this machine; every paper if there are no
 * filters. To be called inside `Lookups.resolve`.
 * @throws PaperSearchError BAD_REQUEST for an invalid range, and for a part of the map, which a cluster does not have.
 */
export function filterQuery(filters: EveryFilter, tools: MatchTools): ClusterQuery {
  return allOf(EVERY_FILTER_FIELD.map((field) => oneFilter(field, filters, tools)));
}

function oneFilter(field: EveryFilterField, filters: EveryFilter, tools: MatchTools): ClusterQuery {
  switch (field.kind) {
    case 'number': {
      const filter = filters[field.name];
      if (filter === undefined) return EVERY_PAPER;
      const { from = 0, to } = rangeOf(field, filter);
      // A paper without a year or day is in no range. A count of 0 is a number.
      return range(numberPath(field.name), field.unit === 'count' ? from : Math.max(1, from), to);
    }
    case 'flags':
      return allOf((filters[field.name] ?? []).map((what) => term(flagsPath(field.name), what)));
    case 'values':
      return anyValue(filters[field.name], (value) => valueQuery(field, value, tools));
    case 'identifier':
      return anyValue(filters[field.name], (value) => withIdentifier(value, field.name, tools.known));
    case 'cluster':
    case 'outline':
      if (filters[field.name]?.length) throw withoutMap(field.name);
      return EVERY_PAPER;
  }
}

function anyValue(values: readonly string[] = [], queryOf: (value: string) => ClusterQuery): ClusterQuery {
  return values.length === 0 ? EVERY_PAPER : anyOf(values.map(queryOf));
}

type ValueFilterField = Extract<EveryFilterField, { kind: 'values' }>;

function valueQuery(field: ValueFilterField, value: string, tools: MatchTools): ClusterQuery {
  const equal = withValue(field.name, value);
  if (field.matches === 'exact' || (equal !== NO_PAPER && tools.known.count(equal, 0) > 0)) return equal;
  if (field.name === 'author') return authorQuery(value, tools) ?? NO_PAPER;
  if (field.matches === 'words') return withWords(field.name, value);
  return textQuery({ kind: 'phrase', field: field.name, text: value, span: NO_SPAN }, tools) ?? NO_PAPER;
}

function withoutMap(parameter: string): PaperSearchError {
  return new PaperSearchError(
    'BAD_REQUEST',
    `${parameter}: there is no map to choose papers on: a corpus in a cluster has none. Use an index on this machine for it.`,
    { details: { parameter } },
  );
}
