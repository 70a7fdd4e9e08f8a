/** A bit of plain text, and the part of the stored text that it replaces. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The text of pieces in a row. */
export function textOf(pieces: readonly Piece[]): string {
  let text = '';
  for (const piece of pieces) text += piece.text;
  return text;
}
