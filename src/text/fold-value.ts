import { fold } from './fold.ts';

/** A value as it is compared: case and accents folded away, runs of white space as one blank, trimmed. */
export function foldValue(text: string): string {
  return text
    .split(/\s+/u)
    .map(fold)
    .filter((word) => word !== '')
    .join(' ');
}
