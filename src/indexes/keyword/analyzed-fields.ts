import { TEXT_FIELDS, type TextField } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { languageOf } from '../../papers/text-language.ts';
import { type AnalyzedToken, analyze } from '../../text/analyzer.ts';
import type { Language } from '../../text/languages.ts';

/** A text of a paper, or one value of a list. */
export interface AnalyzedText {
  readonly text: string;
  /** Its terms, with positions from 0. */
  readonly tokens: readonly AnalyzedToken[];
}

/** A field of a paper as keyword indexes have it. */
export interface AnalyzedField {
  readonly name: TextField;
  readonly language: Language;
  /** One for a text, one for each value of a list. */
  readonly texts: readonly AnalyzedText[];
}

/** The terms of a paper by field, in the order of TEXT_FIELDS: what any keyword index is made of. */
export function analyzedFields(paper: Paper): AnalyzedField[] {
  return TEXT_FIELDS.map((name) => {
    const language = languageOf(paper, name);
    const texts = textsOf(paper, name).map((text) => analyzedText(text, language));
    return { name, language, texts };
  });
}

/** A text with its terms. */
export function analyzedText(text: string, language: Language): AnalyzedText {
  return { text, tokens: analyze(text, language) };
}

/** The text of a field, or its values. */
export function textsOf(paper: Paper, field: TextField): readonly string[] {
  const text = paper[field] ?? '';
  return typeof text === 'string' ? [text] : text;
}
