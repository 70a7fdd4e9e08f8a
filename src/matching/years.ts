import { PaperSearchError } from '../errors.ts';

/** A range of years, both counted in; open where undefined. */
export interface Years {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * The years that a filter means: "2023", "2020..2024", "2020-2024", "2020..", "..2019", ">=2022", ">2022", "<=2019",
 * "<2020"; or a range as it is.
 * @throws PaperSearchError BAD_REQUEST for anything else.
 */
export function yearsOf(filter: string | Partial<Years>): Years {
  if (typeof filter !== 'string') return { from: filter.from, to: filter.to };
  const text = filter.trim();
  const [, sign, bound] = /^(>=|<=|>|<)\s*(\d{4})$/.exec(text) ?? [];
  if (sign !== undefined) return beside(sign, Number(bound));
  const [, from = '', between, to = ''] = /^(\d{4})?(\.\.|-)?(\d{4})?$/.exec(text) ?? [];
  const isOne = between === undefined && from !== '' && to === '';
  const isRange = between === '..' ? from !== '' || to !== '' : between === '-' && from !== '' && to !== '';
  if (isOne) return { from: Number(from), to: Number(from) };
  if (isRange)
    return { from: from === '' ? undefined : Number(from), to: to === '' ? undefined : Number(to) };
  throw new PaperSearchError(
    'BAD_REQUEST',
    `"${filter}" is no year or range of years: write 2023, 2020..2024, >=2022 or <2020.`,
    { details: { parameter: 'year' } },
  );
}

function beside(sign: string, year: number): Years {
  const bound = sign === '>' ? year + 1 : sign === '<' ? year - 1 : year;
  return sign.startsWith('>') ? { from: bound, to: undefined } : { from: undefined, to: bound };
}
