import { fold } from './fold.ts';

/** A value for comparison: case and accents folded, runs of white space as one blank, trimmed. */
export function foldValue(text: string): string {
  return text
    .split(/\s+/u)
    .map(fold)
    .filter((word) => word !== '')
    .join(' ');
}
