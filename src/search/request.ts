import { PaperSearchError } from '../errors.ts';
import { DEFAULT_PAGE, type Page } from './searcher.ts';

/** The page that a request asks for. @throws PaperSearchError BAD_REQUEST for what is no whole number. */
export function pageOf({ limit = DEFAULT_PAGE.limit, offset = DEFAULT_PAGE.offset }: Partial<Page>): Page {
  return { limit: wholeNumber('limit', limit), offset: wholeNumber('offset', offset) };
}

/** @throws PaperSearchError BAD_REQUEST that names the parameter. */
export function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0) return value;
  throw new PaperSearchError('BAD_REQUEST', `"${name}" must be a whole number, 0 or more; it is ${value}.`);
}

/** Milliseconds since `started`, to a hundredth. */
export function elapsed(started: number): number {
  return Math.round((performance.now() - started) * 100) / 100;
}
