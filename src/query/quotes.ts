/** Opening quotation marks, and what closes each. An apostrophe is not one. */
const CLOSERS: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»' };

/** Whether a quotation opens at `at`, closed or not. */
export function opensQuotation(text: string, at: number): boolean {
  return CLOSERS[text[at] ?? ''] !== undefined;
}

/** Finds the ends of quotations, in time linear in the text however many are never closed. */
export class Quotations {
  readonly #text: string;
  /** The last place of each closing mark. */
  readonly #last = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
    for (const mark of new Set(Object.values(CLOSERS).join(''))) this.#last.set(mark, text.lastIndexOf(mark));
  }

  /** The place of the mark that closes the quotation opened at `at`; undefined when nothing closes it. */
  closeOf(at: number): number | undefined {
    const closers = CLOSERS[this.#text[at]!]!;
    if (![...closers].some((mark) => this.#last.get(mark)! > at)) return undefined;
    let close = at + 1;
    while (!closers.includes(this.#text[close]!)) close++;
    return close;
  }
}
