import { keyDigest } from '../../papers/references.ts';

const FIRST_SIZE = 1024;

/**
 * The records that a worker has read, with the line of each: 24 bytes a record at most, however long its text is (a hash
 * table with open addressing, at most two thirds full). Two of ten million records are treated as one with a chance of
 * 0.6 %, and only if they are of one file and id.
 */
export class SeenRecords {
  #digests = new Float64Array(FIRST_SIZE).fill(Number.NaN);
  #lines = new Uint32Array(FIRST_SIZE);
  #size = 0;

  /** @param name distinguishes the record from all others, such as its file, id and content. */
  add(name: string, line: number): void {
    if ((this.#size + 1) * 3 > this.#digests.length * 2) this.#grow();
    this.#put(keyDigest(name), line);
  }

  /** The line of a record that was read; undefined of others. */
  lineOf(name: string): number | undefined {
    const digest = keyDigest(name);
    const place = this.#placeOf(digest);
    return this.#digests[place] === digest ? this.#lines[place]! : undefined;
  }

  #put(digest: number, line: number): void {
    const place = this.#placeOf(digest);
    if (this.#digests[place] !== digest) this.#size++;
    this.#digests[place] = digest;
    this.#lines[place] = line;
  }

  /** Where a digest is, or would be. */
  #placeOf(digest: number): number {
    const mask = this.#digests.length - 1;
    let place = digest % this.#digests.length;
    while (this.#digests[place] !== digest && !Number.isNaN(this.#digests[place]!))
      place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [digests, lines] = [this.#digests, this.#lines];
    this.#digests = new Float64Array(digests.length * 2).fill(Number.NaN);
    this.#lines = new Uint32Array(digests.length * 2);
    this.#size = 0;
    digests.forEach((digest, place) => {
      if (!Number.isNaN(digest)) this.#put(digest, lines[place]!);
    });
  }
}
