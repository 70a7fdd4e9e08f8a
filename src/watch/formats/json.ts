import type { WatchReport } from '../report.ts';

/** A report as a JSON object in one line, without a line end: what a webhook is sent. */
export function toJson(report: WatchReport): string {
  return JSON.stringify(reportJson(report));
}

/** A report as plain data: each paper as the index has it, and why it is in the report. */
export function reportJson({ papers, ...rest }: WatchReport) {
  return {
    ...rest,
    papers: papers.map(({ paper, level, score, nearest, reason, isRemoved }) => ({
      ...paper,
      relevance: { level, score, ...(nearest !== undefined && { nearest }) },
      reason,
      ...(isRemoved && { isRemoved }),
    })),
  };
}
