import { MAX_RECORD_LENGTH } from '../lines.ts';

/** An element with all that is in it. Names come without their prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  /** 1-based line on which it begins. */
  readonly line: number;
}

/** What reading XML gives, in the order of the document. */
export type XmlEvent =
  /** An element that begins and is not a record: it holds records, or says something about them. */
  | { readonly kind: 'begin'; readonly element: XmlElement }
  | { readonly kind: 'record'; readonly element: XmlElement }
  /** A record, or the rest of the document, that cannot be read. */
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string };

/** Levels of nesting that no metadata has. */
const DEEPEST = 500;
/** What an element counts for beside its text, in UTF-16 code units: about what it takes in memory. */
const ELEMENT_COST = 500;
const CUT_OFF = 'The document breaks off before it is closed.';

/**
 * Reads an XML text that comes in pieces; only one record is held at a time. The parser forgives what people
 * write by hand: a lone "&" or "<", tags that cross, names of HTML entities. Entities that a document
 * declares stay as they are written, so nothing is fetched and nothing grows.
 * @param records names of the elements that are wanted with all that is in them; they hold none of their own.
 * @param nested those of them that may also be part of another record, and are left there.
 */
export async function* readXml(
  chunks: AsyncIterable<string>,
  records: ReadonlySet<string>,
  nested: ReadonlySet<string> = new Set(),
): AsyncIterable<XmlEvent> {
  const [{ Parser }, { decodeHTMLStrict }] = await Promise.all([
    import('htmlparser2'),
    import('entities/decode'),
  ]);
  const builder = new RecordBuilder(records, nested, decodeHTMLStrict);
  const lines = new LineCounter();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => builder.begin(name, attributes, lines.at(parser.endIndex)),
      onclosetag: (_, isImplied) => builder.close(isImplied),
      ontext: (text) => builder.add(text),
      oncdatastart: () => builder.section(true),
      oncdataend: () => builder.section(false),
    },
    // Entities may be cut by the end of a piece: whole texts are decoded instead.
    { xmlMode: true, decodeEntities: false },
  );
  for await (const chunk of chunks) {
    lines.add(chunk);
    parser.write(chunk);
    yield* builder.events.splice(0);
    if (builder.depth > DEEPEST) {
      yield { kind: 'broken', line: lines.last, reason: 'Elements are nested too deeply to read on.' };
      return;
    }
  }
  const isWhole = builder.depth === 0;
  const inRecord = builder.inRecord;
  parser.end();
  yield* builder.events.splice(0);
  if (!isWhole && !inRecord) yield { kind: 'broken', line: lines.last, reason: CUT_OFF };
}

/** An element while it is read. */
interface Building extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/** Builds elements from a parser's calls, and events for the elements that are asked for. */
class RecordBuilder {
  readonly events: XmlEvent[] = [];
  /** Elements that are open. */
  depth = 0;
  readonly #records: ReadonlySet<string>;
  readonly #nested: ReadonlySet<string>;
  readonly #decode: (text: string) => string;
  /** The open record and the elements open in it. */
  #open: Building[] = [];
  #text = '';
  #inSection = false;
  #length = 0;

  constructor(records: ReadonlySet<string>, nested: ReadonlySet<string>, decode: (text: string) => string) {
    this.#records = records;
    this.#nested = nested;
    this.#decode = decode;
  }

  get inRecord(): boolean {
    return this.#open.length > 0;
  }

  begin(prefixedName: string, attributes: Readonly<Record<string, string>>, line: number): void {
    this.#flush();
    this.depth++;
    const name = localName(prefixedName);
    const decoded = Object.entries(attributes).map(([key, value]) => [localName(key), this.#decode(value)]);
    const element: Building = { name, attributes: Object.fromEntries(decoded), children: [], line };
    const isRecord = this.#records.has(name);
    const [record] = this.#open;
    if (record && isRecord && !(this.#nested.has(name) && record.name !== name)) {
      this.#reject(record, 'It breaks off where the next one begins.');
      this.#open = [];
    }
    // Deeper elements are counted only, until reading stops.
    this.#length += ELEMENT_COST;
    const isKept = this.#open.length < DEEPEST && this.#length <= MAX_RECORD_LENGTH;
    if (this.inRecord && isKept) this.#open.at(-1)!.children.push(element);
    if (this.inRecord || isRecord) this.#open.push(element);
    else this.events.push({ kind: 'begin', element });
    if (this.#open.length === 1) this.#length = 0;
  }

  /** @param isImplied whether the end of its parent closed it, not a tag of its own. */
  close(isImplied: boolean): void {
    this.#flush();
    this.depth--;
    const element = this.#open.pop();
    if (!element || this.inRecord) return;
    if (this.#length > MAX_RECORD_LENGTH) this.#reject(element, 'It is too long to be a paper.');
    // The parser calls `<paper/>` implied as well; either way, an empty record holds nothing to lose.
    else if (isImplied && element.children.length > 0)
      this.#reject(element, 'It breaks off before it is closed.');
    else this.events.push({ kind: 'record', element });
  }

  add(text: string): void {
    if (!this.inRecord) return;
    this.#length += text.length;
    if (this.#length <= MAX_RECORD_LENGTH) this.#text += text;
  }

  /** Begins or ends a CDATA section, whose text is literal. */
  section(begins: boolean): void {
    this.#flush();
    this.#inSection = begins;
  }

  #flush(): void {
    if (this.#text !== '') {
      this.#open.at(-1)?.children.push(this.#inSection ? this.#text : this.#decode(this.#text));
    }
    this.#text = '';
  }

  #reject({ line }: XmlElement, reason: string): void {
    this.events.push({ kind: 'broken', line, reason });
  }
}

/** Lines of places in a text that comes in pieces, asked for in their order. */
class LineCounter {
  #piece = '';
  /** Where the piece begins in the text. */
  #offset = 0;
  /** How far in the piece lines are counted. */
  #counted = 0;
  #line = 1;

  /** 1-based line at the end of the text so far. */
  get last(): number {
    return this.at(this.#offset + this.#piece.length);
  }

  add(piece: string): void {
    this.#line = this.last;
    this.#offset += this.#piece.length;
    this.#piece = piece;
    this.#counted = 0;
  }

  at(place: number): number {
    const end = place - this.#offset;
    let next = this.#piece.indexOf('\n', this.#counted);
    while (next !== -1 && next < end) {
      this.#line++;
      this.#counted = next + 1;
      next = this.#piece.indexOf('\n', this.#counted);
    }
    return this.#line;
  }
}

/** `arxiv:doi` to `doi`. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
