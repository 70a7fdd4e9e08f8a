import { analysisLanguage, type Language } from '../text/languages.ts';
import type { TextField } from './fields.ts';
import type { Paper } from './paper.ts';

/** Names are written alike whatever language a paper is in, so they are analysed alike. */
const NAMES: ReadonlySet<TextField> = new Set(['authors', 'venue']);

/** The language that the text of a paper's field is analysed in. */
export function languageOf({ language }: Pick<Paper, 'language'>, field: TextField): Language {
  return NAMES.has(field) ? 'en' : analysisLanguage(language);
}
