export { type OpenClusterOptions, openCluster } from './cluster/open-cluster.ts';
export type { EncodeOptions, Encoder, EncoderInput, TitledText } from './encode/encoder.ts';
export { createLocalEncoder } from './encode/local-encoder.ts';
export type { ModelInfo, ModelRanking } from './encode/model-info.ts';
export { type AddOptions, addModel, addModelOrReranker } from './encode/models/add.ts';
export type { Model } from './encode/models/model.ts';
export { findModel, listModels, removeModel } from './encode/models/registry.ts';
export type { RerankerModel } from './encode/models/reranker.ts';
export { createProcessEncoder } from './encode/process-encoder.ts';
export { ERRORS, type ErrorCode, PaperSearchError } from './errors.ts';
export { changeModel, type ModelChange } from './ingest/change-model.ts';
export { type IngestOptions, ingest } from './ingest/ingest.ts';
export { type Preview, preview } from './ingest/preview.ts';
export { type Removal, type RemovalReport, remove } from './ingest/remove.ts';
export type { IngestProgress, IngestReport } from './ingest/report.ts';
export { type Upgrade, upgradeIndex } from './ingest/upgrade.ts';
export { type Why, whyPaper } from './ingest/why.ts';
export type { Paper } from './papers/paper.ts';
export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportFormatName,
  exportPapers,
} from './papers/write/formats.ts';
export { type EvaluateOptions, type Evaluation, evaluate } from './quality/evaluate/evaluate.ts';
export type { Query } from './query/ast.ts';
export { parseQuery } from './query/parser.ts';
export { printQuery } from './query/printer.ts';
export { importLabels, type LabelImport } from './review/import-labels.ts';
export {
  exportReview,
  type LabelFile,
  type PrismaCounts,
  prismaCounts,
  prismaCsv,
  prismaSvg,
  readLabels,
  searchLog,
} from './review/records/records.ts';
export type {
  Label,
  PoolRequest,
  Protocol,
  ReviewedPaper,
  Suggestion as ReviewSuggestion,
} from './review/review.ts';
export { Reviews } from './review/reviews.ts';
export type {
  LabelRequest,
  NewReview,
  Progress as ReviewProgress,
  Review,
  Reviewer,
  WholeReview,
} from './review/service.ts';
export type {
  FacetCounts,
  Hit,
  IndexStats,
  NearestSeed,
  Page,
  RelatedHit,
  RelatedRequest,
  RelatedResponse,
  ScheduleHit,
  ScheduleRequest,
  ScheduleResponse,
  SearchRequest,
  SearchResponse,
  Understood,
} from './search/api.ts';
export type {
  CitationsRequest,
  CitationsResponse,
  LinkCounts,
  LinkedHit,
  OutsideWork,
  SnowballHit,
  SnowballLink,
  SnowballRequest,
  SnowballResponse,
} from './search/citations/api.ts';
export type { Confidence, Fallback } from './search/confidence.ts';
export type { SecondLook, Verdict } from './search/deprecated-names.ts';
export {
  type AcquireOptions,
  type Engine,
  type PaperListing,
  type PaperOrder,
  type PaperSelection,
  type Snapshot,
  withSnapshot,
} from './search/engine.ts';
export type { Explanation } from './search/explain/explanation.ts';
export type { FusionName } from './search/fuse/methods.ts';
export type { Highlight } from './search/highlight.ts';
export type { MapHits, MapView, NamedCluster } from './search/map-view.ts';
export type { Filters } from './search/match/filters.ts';
export type { SearchMode } from './search/mode.ts';
export { type OpenIndexOptions, openIndex } from './search/open-index.ts';
export type { PaperRelevance, RelevanceRequest } from './search/relevance/api.ts';
export type { Reranked } from './search/rerank/rerank.ts';
export type { Candidate, Comparison, RerankedQuery, Reranker } from './search/rerank/reranker.ts';
export { type Rerankers, rerankersOf } from './search/rerank/rerankers.ts';
export type { Suggestion } from './search/suggest/values.ts';
