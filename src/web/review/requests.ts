import type { Agreement } from '../../review/agreement.ts';
import type {
  Label,
  Protocol,
  Reasons,
  ReviewedPaper,
  SearchedSource,
  Settlement,
  Stage,
  Standing,
  Suggestion,
} from '../../review/review.ts';
import type {
  Labelled,
  LabelRequest,
  NewReview,
  Progress,
  Review,
  ReviewSummary,
} from '../../review/service.ts';
import { request, requestFile, type ServedFile, send } from '../api.ts';

/** Which papers of a review are listed. */
export interface PaperList {
  readonly stage: Stage;
  /** Absent: all of the stage. */
  readonly standing?: Standing | undefined;
  /** Words of title or abstract; empty for none. */
  readonly text: string;
  readonly offset: number;
  readonly limit: number;
}

/** A decision that settles a conflict. */
export interface SettleRequest {
  readonly paper: string;
  readonly stage: Stage;
  readonly decision: 'include' | 'exclude';
  readonly reasons: readonly string[];
  readonly note: string;
}

export interface PairAgreement {
  readonly stage: Stage;
  readonly reviewers: readonly [string, string];
  readonly agreement: Agreement;
}

/** What was read from a file with decisions. */
export interface ImportedLabels {
  readonly written: number;
  /** Decisions that the reviewer had made already. */
  readonly present: number;
  readonly unmatched: readonly { readonly title: string }[];
  readonly unknownReasons: readonly string[];
  readonly problems: readonly { readonly reason: string }[];
}

/** A paper with what is known of its rank. */
export type RankedPaper = ReviewedPaper & {
  readonly reasons?: Reasons | undefined;
  readonly rank?: number | undefined;
};

/** The requests about reviews. Each throws `ApiError`. They need a token with the scope `review`. */
export const reviewApi = {
  list: async (signal?: AbortSignal): Promise<readonly ReviewSummary[]> =>
    (await request<{ reviews: readonly ReviewSummary[] }>('/reviews', within(signal))).reviews,
  create: (review: NewReview) => send<Review>('POST', '/reviews', review),
  read: (id: string, signal?: AbortSignal) => request<Review>(reviewPath(id), within(signal)),
  amend: (id: string, change: Partial<Protocol> & { readonly name?: string }) =>
    send<Review>('PATCH', reviewPath(id), change),
  addSource: (id: string, source: SearchedSource) => send<Review>('POST', reviewPath(id, '/sources'), source),
  updatePool: (id: string) => send<Review>('POST', reviewPath(id, '/pool'), {}),
  next: async (id: string, count: number): Promise<readonly Suggestion[]> =>
    (
      await request<{ papers: readonly Suggestion[] }>(
        reviewPath(id, `/next?${new URLSearchParams({ stage: 'abstract', count: String(count) })}`),
      )
    ).papers,
  label: (id: string, label: LabelRequest) => send<Labelled>('POST', reviewPath(id, '/labels'), label),
  /** @param number of the label that is taken back. Default: the reviewer's last one. */
  undo: (id: string, number?: number) =>
    send<{ undone: Label; next?: Suggestion; progress: Progress }>('POST', reviewPath(id, '/undo'), {
      ...(number !== undefined && { number }),
    }),
  settle: (id: string, settled: SettleRequest) =>
    send<Settlement>('POST', reviewPath(id, '/settlements'), settled),
  retrieved: (id: string, papers: readonly string[], retrieved: boolean) =>
    send<unknown>('POST', reviewPath(id, '/retrieved'), { papers, retrieved }),
  papers: (id: string, { stage, standing, text, offset, limit }: PaperList, signal?: AbortSignal) => {
    const parameters = new URLSearchParams({ stage, offset: String(offset), limit: String(limit) });
    if (standing) parameters.set('standing', standing);
    if (text !== '') parameters.set('text', text);
    return request<{ total: number; papers: readonly ReviewedPaper[] }>(
      reviewPath(id, `/papers?${parameters}`),
      within(signal),
    );
  },
  paper: (id: string, paper: string) =>
    request<RankedPaper>(reviewPath(id, `/papers/${encodeURIComponent(paper)}`)),
  progress: (id: string, signal?: AbortSignal) =>
    request<Progress>(reviewPath(id, '/progress'), within(signal)),
  agreement: async (id: string, signal?: AbortSignal): Promise<readonly PairAgreement[]> =>
    (await request<{ agreement: readonly PairAgreement[] }>(reviewPath(id, '/agreement'), within(signal)))
      .agreement,
  /** A record of the review, such as `prisma.svg`. */
  record: (id: string, name: string): Promise<ServedFile> => requestFile(reviewPath(id, `/records/${name}`)),
  import: (id: string, file: File) =>
    request<ImportedLabels>(reviewPath(id, `/import?file=${encodeURIComponent(file.name)}`), {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    }),
  export: (id: string, format: string): Promise<ServedFile> =>
    requestFile(reviewPath(id, `/export?format=${encodeURIComponent(format)}`)),
};

/** Path of a review in the API. */
function reviewPath(id: string, rest = ''): string {
  return `/reviews/${encodeURIComponent(id)}${rest}`;
}

function within(signal: AbortSignal | undefined): RequestInit {
  return signal ? { signal } : {};
}
