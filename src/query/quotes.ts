/** Opening quotation marks, and what closes each. An apostrophe is none. */
const CLOSERS: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»' };

/** Whether a quotation opens at `at`, closed or not. */
export function opensQuotation(text: string, at: number): boolean {
  return CLOSERS[text[at] ?? ''] !== undefined;
}

/** Finds the ends of quotations, in time linear in the text however many of them are never closed. */
export class Quotations {
  readonly #text: string;
  /** Where each closing mark stands last. */
  readonly #last = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
    for (const mark of new Set(Object.values(CLOSERS).join(''))) this.#last.set(mark, text.lastIndexOf(mark));
  }

  /** Where the mark stands that closes the quotation opened at `at`; undefined for a lone one. */
  closeOf(at: number): number | undefined {
    const closers = CLOSERS[this.#text[at]!]!;
    if (![...closers].some((mark) => this.#last.get(mark)! > at)) return undefined;
    let close = at + 1;
    while (!closers.includes(this.#text[close]!)) close++;
    return close;
  }
}
