const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * What paging needs from an XML response, by the tags in its text. In text and attributes, XML writes `<` as `&lt;`, so
 * whatever looks like a tag is one.
 */
export class XmlPage {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the document ends with the end of the element `root`, and so is complete. */
  endsWith(root: string): boolean {
    return new RegExp(`</${root}\\s*>\\s*$`).test(this.#text);
  }

  /** How many elements have this name. */
  count(name: string): number {
    return this.#text.match(new RegExp(`<${name}[\\s/>]`, 'g'))?.length ?? 0;
  }

  /** The first element of this name: its text and the source of its attributes; undefined when there is none. */
  element(name: string): { readonly text: string; readonly attributes: string } | undefined {
    const match = new RegExp(`<${name}(\\s[^<>]*?)?(?:/>|>([^<]*)</${name}\\s*>)`).exec(this.#text);
    return match ? { attributes: match[1] ?? '', text: decode(match[2] ?? '').trim() } : undefined;
  }
}

/** The value of an attribute of an element. */
export function attributeOf(element: { readonly attributes: string }, name: string): string | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(element.attributes);
  return match ? decode(match[1] ?? match[2] ?? '') : undefined;
}

function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}
