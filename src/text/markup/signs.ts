/** Characters without which a text has no markup. */
export const SIGNS = /[$\\_*~`^]|--/;

/** Whether a text may have markup; a text for which it is false is its own plain form. */
export function mayHaveMarkup(text: string): boolean {
  return SIGNS.test(text);
}
