import type { Notice } from '../../../papers/read/reader.ts';
import type { Decision, Stage } from '../../review.ts';

/** What one reviewer says about one paper in a file. */
export interface LabelRow {
  readonly place: LabelPlace;
  /** Of the paper, each with its kind (`doi:10.1000/182`, `pmid:17`), or an id of this project as it is. May be empty. */
  readonly identifiers: readonly string[];
  /** Empty where the file has none. */
  readonly title: string;
  readonly stage: Stage;
  readonly decision: Decision;
  /** Names of criteria. */
  readonly reasons: readonly string[];
  /** Empty for none. */
  readonly note: string;
  /** The reviewer, where the file names one. */
  readonly by?: string | undefined;
  /** ISO 8601, where the file says when. */
  readonly at?: string | undefined;
}

/** Where a label is in its file. */
export interface LabelPlace {
  readonly file: string;
  /** 1-based; absent where lines do not identify records. */
  readonly line?: number | undefined;
  /** 1-based. */
  readonly record: number;
}

/** The labels of a file. */
export interface LabelFile {
  readonly rows: readonly LabelRow[];
  /** Records without a decision: not screened yet. */
  readonly unlabelled: number;
  /** Records that could not be read, and labels that could not be understood, each with its place. */
  readonly problems: readonly Notice[];
  /** Whether a paper that the file does not name is excluded, as in the judgments of a test collection. */
  readonly othersExcluded: boolean;
  /** Records without a decision, the next to read first, where the file says so. */
  readonly ranking?: readonly LabelledRecord[] | undefined;
}

/** What is known of one paper, before who decided what. */
export type LabelledRecord = Pick<LabelRow, 'place' | 'identifiers' | 'title'>;

/** What one reviewer decided, without the paper. */
export type LabelValue = Omit<LabelRow, keyof LabelledRecord>;

/** A file's labels while it is read. */
export class LabelCollector {
  readonly #rows: LabelRow[] = [];
  readonly #problems: Notice[] = [];
  #unlabelled = 0;

  /** Whether no record so far had a label. */
  get isWithoutLabels(): boolean {
    return this.#rows.length === 0;
  }

  /** Takes the labels of one record; none for a record that was not screened. */
  add(record: LabelledRecord, labels: readonly LabelValue[]): void {
    if (labels.length === 0) this.#unlabelled++;
    else if (record.identifiers.length === 0 && record.title === '') {
      this.reject(record.place, 'It has a decision, but neither a title nor an identifier of a paper.');
    } else this.#rows.push(...labels.map((label) => ({ ...record, ...label })));
  }

  /** Notes a record that could not be read. */
  reject({ file, line, record }: LabelPlace, reason: string): void {
    this.#problems.push({ file, line, record, reason });
  }

  /** All of them. @param othersExcluded see `LabelFile`. */
  finish(othersExcluded = false): LabelFile {
    return { rows: this.#rows, unlabelled: this.#unlabelled, problems: this.#problems, othersExcluded };
  }
}
