import { sep } from 'node:path';
import { STDIN } from '../papers/read/files.ts';
import { exists, realPathOf } from '../papers/read/real-path.ts';
import { isFileOf } from './source-files.ts';

/**
 * The files that the records of an index come from. A source has the name that its file was first given by; a file that
 * is named by another path is known again by its real path.
 */
export class SourcePaths {
  /** Real paths by name; of every source. */
  readonly #paths = new Map<string, string>();
  readonly #names = new Map<string, string>();
  /** Names whose real path the index has, or will have. */
  readonly #recorded: Set<string>;

  private constructor(recorded: ReadonlySet<string>) {
    this.#recorded = new Set(recorded);
  }

  /**
   * @param recorded real paths by name, as the index has them. Names without one, of older versions, are paths from
   *   the working directory.
   * @param names of all sources of the index.
   */
  static async of(recorded: Readonly<Record<string, string>>, names: Iterable<string>): Promise<SourcePaths> {
    const sources = new SourcePaths(new Set(Object.keys(recorded)));
    for (const name of new Set(names)) {
      if (name !== STDIN) sources.#put(name, recorded[name] ?? (await realPathOf(name)));
    }
    return sources;
  }

  /** The name of the source that a path leads to; a new one where it is not known yet. */
  async nameOf(path: string): Promise<string> {
    if (path === STDIN) return STDIN;
    const real = await realPathOf(path);
    const known = this.#names.get(real);
    const other = this.#paths.get(path);
    // A name whose file is gone is that of a file that has moved with its folder.
    const isTaken = other !== undefined && other !== real && (await exists(other));
    const name = known ?? (isTaken ? real : path);
    this.#put(name, real);
    this.#recorded.add(name);
    return name;
  }

  /** The real path of a source. @param name as `paper.source` has it. */
  pathOf(name: string): string {
    return this.#paths.get(name) ?? name;
  }

  /**
   * Names of the sources that a path means: the file itself, or those in that folder. Where there are none, the path
   * may be a name as the index shows it.
   */
  async namesIn(path: string): Promise<Set<string>> {
    if (path === STDIN) return new Set([STDIN]);
    const real = await realPathOf(path);
    const folder = real.endsWith(sep) ? real : `${real}${sep}`;
    const names = [...this.#paths].filter(([, each]) => each === real || each.startsWith(folder));
    if (names.length > 0) return new Set(names.map(([name]) => name));
    return new Set([...this.#paths.keys()].filter((name) => isFileOf(path, name)));
  }

  /** What the index keeps: the real paths of these sources, where the name does not say it. */
  recordOf(names: Iterable<string>): Record<string, string> {
    const kept = [...new Set(names)].filter((name) => this.#recorded.has(name) && this.pathOf(name) !== name);
    return Object.fromEntries(kept.sort().map((name) => [name, this.pathOf(name)]));
  }

  #put(name: string, real: string): void {
    this.#paths.set(name, real);
    if (!this.#names.has(real)) this.#names.set(real, name);
  }
}
