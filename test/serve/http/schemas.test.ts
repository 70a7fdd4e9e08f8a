import { expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { LogLine as CollectionLine } from '../../../src/collections/log-view.ts';
import type { ResolvedEntry } from '../../../src/collections/resolve.ts';
import type { CollectionSummary as Summary } from '../../../src/collections/view.ts';
import type * as errors from '../../../src/errors.ts';
import type { RemovalReport as Removal } from '../../../src/ingest/remove.ts';
import type { IngestReport as Ingest } from '../../../src/ingest/report.ts';
import type * as types from '../../../src/papers/paper.ts';
import type { LabelImport } from '../../../src/review/import-labels.ts';
import type { PrismaCounts } from '../../../src/review/records/records.ts';
import type * as reviewed from '../../../src/review/review.ts';
import type * as reviews from '../../../src/review/service.ts';
import type * as searcher from '../../../src/search/api.ts';
import type * as citations from '../../../src/search/citations/api.ts';
import type * as confidence from '../../../src/search/confidence.ts';
import type * as deprecated from '../../../src/search/deprecated-names.ts';
import type * as explanation from '../../../src/search/explain/explanation.ts';
import type { Filters } from '../../../src/search/match/filters.ts';
import type * as timetable from '../../../src/search/schedule/timetable.ts';
import type * as values from '../../../src/search/suggest/values.ts';
import type {
  CitationsResponse,
  SnowballBody,
  SnowballResponse,
} from '../../../src/serve/http/schemas/citations.ts';
import type {
  CollectionEntry,
  CollectionSummary,
  LogLine,
} from '../../../src/serve/http/schemas/collections.ts';
import type { ErrorBody } from '../../../src/serve/http/schemas/error.ts';
import type { Explanation } from '../../../src/serve/http/schemas/explanation.ts';
import type { Paper } from '../../../src/serve/http/schemas/paper.ts';
import type {
  FiltersInBody,
  RelatedBody,
  RelatedHit,
  RelatedResponse,
} from '../../../src/serve/http/schemas/related.ts';
import type {
  AgreementAnswer,
  Progress,
  ReplayAnswer,
} from '../../../src/serve/http/schemas/review-progress.ts';
import type { LabelImportAnswer, PrismaAnswer } from '../../../src/serve/http/schemas/review-records.ts';
import type {
  NewReview,
  NewSource,
  PoolUpdate,
  Review,
  ReviewChange,
  ReviewSummary,
} from '../../../src/serve/http/schemas/reviews.ts';
import type { ChosenSchedule, Schedule } from '../../../src/serve/http/schemas/schedule.ts';
import type {
  Label,
  LabelAnswer,
  MovedPapers,
  NextPapers,
  ReviewedPaper,
  ReviewedPaperAnswer,
  Settlement,
  UndoneAnswer,
} from '../../../src/serve/http/schemas/screening.ts';
import type { LabelBody, SettlementBody } from '../../../src/serve/http/schemas/screening-requests.ts';
import type { Confidence, Hit, SearchResponse, Verdict } from '../../../src/serve/http/schemas/search.ts';
import type { IndexStats } from '../../../src/serve/http/schemas/status.ts';
import type { Suggestion } from '../../../src/serve/http/schemas/suggest.ts';
import type { IngestReport, RemovalReport } from '../../../src/serve/http/schemas/writing.ts';

/** A type as JSON has it: nothing is read-only, and what is undefined is left out. */
type Json<T> = T extends readonly (infer Item)[]
  ? Json<Item>[]
  : T extends object
    ? Flat<
        { -readonly [K in keyof T as undefined extends T[K] ? never : K]: Json<T[K]> } & {
          -readonly [K in keyof T as undefined extends T[K] ? K : never]?: Json<Exclude<T[K], undefined>>;
        }
      >
    : T;
type Flat<T> = { [K in keyof T]: T[K] };
type Written<S extends z.ZodType> = Json<z.output<S>>;

// `tsc` is the test: a field that only one of schema and interface has makes these calls errors.
test('schemas match the interfaces', () => {
  expectTypeOf<Written<typeof Paper>>().toEqualTypeOf<Json<types.Paper>>();
  expectTypeOf<Written<typeof CollectionSummary>>().toEqualTypeOf<Json<Summary>>();
  expectTypeOf<Written<typeof CollectionEntry>>().toEqualTypeOf<Json<ResolvedEntry>>();
  expectTypeOf<Json<CollectionLine>>().toExtend<Written<typeof LogLine>>();
  expectTypeOf<Written<typeof Explanation>>().toEqualTypeOf<Json<explanation.Explanation>>();
  expectTypeOf<Written<typeof Confidence>>().toEqualTypeOf<Json<confidence.Confidence>>();
  expectTypeOf<Written<typeof Verdict>>().toEqualTypeOf<Json<deprecated.Verdict>>();
  expectTypeOf<Written<typeof Hit>>().toEqualTypeOf<Json<searcher.Hit>>();
  expectTypeOf<Written<typeof SearchResponse>>().toEqualTypeOf<Json<searcher.SearchResponse>>();
  expectTypeOf<Written<typeof RelatedHit>>().toEqualTypeOf<Json<searcher.RelatedHit>>();
  expectTypeOf<Written<typeof RelatedResponse>>().toEqualTypeOf<Json<searcher.RelatedResponse>>();
  expectTypeOf<Written<typeof CitationsResponse>>().toEqualTypeOf<Json<citations.CitationsResponse>>();
  expectTypeOf<Written<typeof SnowballResponse>>().toEqualTypeOf<Json<citations.SnowballResponse>>();
  expectTypeOf<Written<typeof SnowballBody>>().toExtend<Json<citations.SnowballRequest>>();
  expectTypeOf<keyof z.output<typeof SnowballBody>>().toEqualTypeOf<keyof citations.SnowballRequest>();
  expectTypeOf<Written<typeof RelatedBody>>().toExtend<Json<searcher.RelatedRequest>>();
  // Only feeds begin after a paper.
  expectTypeOf<keyof z.output<typeof RelatedBody>>().toEqualTypeOf<
    Exclude<keyof searcher.RelatedRequest, 'after'>
  >();
  expectTypeOf<keyof z.output<typeof FiltersInBody>>().toEqualTypeOf<keyof Filters>();
  expectTypeOf<Written<typeof Schedule>>().toEqualTypeOf<
    Json<Omit<searcher.ScheduleResponse, 'hits'> & timetable.Timetable & { shown: number }>
  >();
  expectTypeOf<Written<typeof ChosenSchedule>>().toEqualTypeOf<
    Json<timetable.Timetable & { unknown: string[] }>
  >();
  expectTypeOf<Written<typeof Suggestion>>().toEqualTypeOf<Json<values.Suggestion>>();
  expectTypeOf<Written<typeof IndexStats>>().toEqualTypeOf<Json<searcher.IndexStats>>();
  expectTypeOf<Written<typeof IngestReport>>().toEqualTypeOf<Json<Ingest>>();
  expectTypeOf<Written<typeof RemovalReport>>().toEqualTypeOf<Json<Removal>>();
  expectTypeOf<Written<typeof ErrorBody>>().toEqualTypeOf<Json<errors.ErrorBody>>();
});

type Service = reviews.ReviewService;
type Answered<M extends keyof Service> = Json<Awaited<ReturnType<Service[M]>>>;

test('schemas of reviews match the service', () => {
  expectTypeOf<Written<typeof ReviewSummary>>().toEqualTypeOf<Json<reviews.ReviewSummary>>();
  expectTypeOf<Written<typeof Review>>().toEqualTypeOf<Json<reviews.Review>>();
  expectTypeOf<Written<typeof NewReview>>().toExtend<Json<reviews.NewReview>>();
  expectTypeOf<keyof z.output<typeof NewReview>['protocol']>().toEqualTypeOf<keyof reviewed.Protocol>();
  expectTypeOf<keyof z.output<typeof ReviewChange>>().toEqualTypeOf<keyof Parameters<Service['amend']>[1]>();
  expectTypeOf<keyof z.output<typeof NewSource>>().toEqualTypeOf<keyof reviewed.SearchedSource>();
  expectTypeOf<keyof z.output<typeof PoolUpdate>>().toEqualTypeOf<keyof reviewed.PoolRequest>();
  expectTypeOf<Written<typeof Label>>().toEqualTypeOf<Json<reviewed.Label>>();
  expectTypeOf<Written<typeof Settlement>>().toEqualTypeOf<Answered<'settle'>>();
  expectTypeOf<keyof z.output<typeof SettlementBody>>().toEqualTypeOf<
    keyof Parameters<Service['settle']>[1]
  >();
  expectTypeOf<Written<typeof ReviewedPaper>>().toEqualTypeOf<Json<reviewed.ReviewedPaper>>();
  expectTypeOf<Written<typeof ReviewedPaperAnswer>>().toEqualTypeOf<Answered<'paper'>>();
  expectTypeOf<Written<typeof NextPapers>['papers']>().toEqualTypeOf<Answered<'next'>>();
  expectTypeOf<Written<typeof MovedPapers>['moved']>().toEqualTypeOf<Answered<'moved'>>();
  expectTypeOf<Written<typeof UndoneAnswer>>().toEqualTypeOf<Answered<'undo'>>();
  expectTypeOf<Written<typeof Progress>>().toEqualTypeOf<Answered<'progress'>>();
  expectTypeOf<Written<typeof ReplayAnswer>>().toEqualTypeOf<Answered<'replay'>>();
  expectTypeOf<keyof z.output<typeof LabelBody>>().toEqualTypeOf<keyof reviews.LabelRequest | 'labels'>();
  expectTypeOf<keyof z.output<typeof LabelAnswer>>().toEqualTypeOf<keyof reviews.Labelled | 'labels'>();
  expectTypeOf<Json<PrismaCounts>['columns']>().toEqualTypeOf<Written<typeof PrismaAnswer>['columns']>();
  expectTypeOf<keyof PrismaCounts>().toEqualTypeOf<keyof z.output<typeof PrismaAnswer>>();
  expectTypeOf<keyof LabelImport>().toEqualTypeOf<keyof z.output<typeof LabelImportAnswer>>();
  expectTypeOf<Answered<'agreement'>>().toExtend<Written<typeof AgreementAnswer>['agreement']>();
});
