import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { MAX_SEEDS } from '../../../limits.ts';
import { withSnapshot } from '../../../search/engine.ts';
import { visibleTexts } from '../../../text/visible-text.ts';
import { WATCH_LEVELS } from '../../../watch/choices.ts';
import { DEFAULT_DEFINITION, describeWatch } from '../../../watch/definition.ts';
import type { ReportedPaper } from '../../../watch/report.ts';
import type { Watch } from '../../../watch/watches.ts';
import { withinBudget } from '../budget.ts';
import { ABSTRACT_LENGTH, budgetInput, filtersInput, idInput, modeInput, queryInput } from '../inputs.ts';
import { UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { PaperView, viewOf } from '../paper-view.ts';
import { answerOf, READS_ONLY, runChange, type Service } from '../result.ts';

const SCOPE = 'review';
const CHANGES: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
};

const nameInput = z
  .string()
  .describe('Name of the watch: up to 64 lower-case letters, digits, "-" and "_", such as graph-kernels.');

const WatchView = z.object({
  name: z.string(),
  question: z.string().describe('What it asks, in one line.'),
  newSince: z.string().optional().describe('Papers that arrived after this are new. Absent: every paper is.'),
  lastRun: z.string().optional(),
  reported: z.number().int().describe('Papers that were reported so far.'),
});

const ReportOutput = z.object({
  watch: z.string(),
  question: z.string(),
  isPreview: z.boolean().describe('Whether the papers will be reported again by a run.'),
  total: z.number().int().describe('Papers that are new.'),
  delivered: z
    .array(z.string())
    .describe('Where reports were delivered instead: a file, or the host of a webhook.'),
  failed: z.array(z.string()).describe('Why reports could not be delivered. The next run tries again.'),
  missingIds: z
    .array(z.string())
    .describe(
      'Ids of new papers that did not fit into maxBytes: read them with get_paper, a run has them only once.',
    ),
  papers: z.array(
    PaperView.extend({
      level: z.enum(WATCH_LEVELS),
      reason: z.enum(['new', 'status']).describe('status: it was reported, and something has become of it.'),
    }),
  ),
});

/** Adds the tools for standing questions: `list_watches`, `add_watch` and `run_watch`. */
export function addWatchTools(server: McpServer, service: Service): void {
  const { engine } = service;
  const watches = service.watches!;
  server.registerTool(
    'list_watches',
    {
      title: 'List the standing questions',
      description: `Lists the watches: standing questions that report papers when they arrive. ${UNTRUSTED_TEXT}`,
      inputSchema: inputObject({}),
      outputSchema: z.object({ watches: z.array(WatchView) }),
      annotations: READS_ONLY,
    },
    () =>
      runChange(service, { scope: SCOPE, tool: 'list_watches', isReading: true }, async () => {
        return answerOf({ watches: (await watches.list()).map(watchView) });
      }),
  );
  server.registerTool(
    'add_watch',
    {
      title: 'Add a standing question',
      description:
        'Adds a watch: papers that arrive from now on and are relevant are reported by run_watch, each once. Give a query, papers that new ones should be like, or filters.',
      inputSchema: inputObject({
        name: nameInput,
        query: queryInput.default('').describe('A query in the query language.'),
        like: z
          .array(idInput)
          .max(MAX_SEEDS)
          .default([])
          .describe('Ids of papers that new ones should be like.'),
        unlike: z
          .array(idInput)
          .max(MAX_SEEDS)
          .default([])
          .describe('Ids of papers that new ones should not be like.'),
        mode: modeInput,
        filters: filtersInput,
        minConfidence: z
          .enum(WATCH_LEVELS)
          .default('weak')
          .describe('Least confidence of a paper that is reported.'),
      }),
      outputSchema: WatchView,
      annotations: CHANGES,
    },
    ({ name, filters = {}, ...question }) =>
      runChange(service, { scope: SCOPE, tool: 'add_watch' }, async () => {
        const definition = { ...DEFAULT_DEFINITION, ...question, filters };
        return answerOf(watchView(await watches.add(name, definition, { engine })));
      }),
  );
  server.registerTool(
    'run_watch',
    {
      title: 'Report what is new for a standing question',
      description: `Returns the papers that are new for a watch. Each is reported once: the next call has only what arrives later. With preview, nothing counts as reported. Reports of a watch with a folder or a webhook are delivered there. ${UNTRUSTED_TEXT}`,
      inputSchema: inputObject({
        name: nameInput,
        preview: z
          .boolean()
          .default(false)
          .describe('Whether to show what is new without counting it as reported.'),
        maxBytes: budgetInput,
      }),
      outputSchema: ReportOutput,
      annotations: CHANGES,
    },
    ({ name, preview, maxBytes }) =>
      runChange(service, { scope: SCOPE, tool: 'run_watch' }, async () => {
        const { definition } = await watches.get(name);
        const shown: Shown = { papers: [], delivered: [], failed: [] };
        if (preview) {
          const report = await withSnapshot(engine, (snapshot) => watches.preview(name, snapshot));
          shown.papers.push(...report.papers);
        } else {
          await watches.run(name, engine, {
            answer: async ({ reports, delivered, failed }) => {
              shown.papers.push(...reports.flatMap(({ papers }) => papers));
              shown.delivered.push(...delivered.map(({ place, papers }) => `${papers} → ${place}`));
              shown.failed.push(...failed.map(({ error }) => error.message));
            },
          });
        }
        const about = { watch: name, question: describeWatch(definition), isPreview: preview };
        const answer = reportView(about, shown, maxBytes);
        return answerOf(answer, answer.papers);
      }),
  );
}

interface Shown {
  readonly papers: ReportedPaper[];
  readonly delivered: string[];
  readonly failed: string[];
}

/** The answer of `run_watch`, as complete as fits. */
function reportView(
  about: { readonly watch: string; readonly question: string; readonly isPreview: boolean },
  { papers, delivered, failed }: Shown,
  maxBytes: number,
) {
  return withinBudget(
    { hits: papers.length, abstractLength: ABSTRACT_LENGTH.short, maxBytes },
    (shown, length) => ({
      ...visibleTexts(about),
      total: papers.length,
      delivered: visibleTexts(delivered),
      failed: visibleTexts(failed),
      missingIds: papers.slice(shown).map(({ paper }) => paper.id),
      papers: papers
        .slice(0, shown)
        .map(({ paper, level, reason }) => ({ ...viewOf(paper, length), level, reason })),
    }),
  );
}

function watchView({ name, definition, after, lastRun, deliveries }: Watch): z.output<typeof WatchView> {
  return {
    name,
    question: visibleTexts(describeWatch(definition)),
    ...(after !== undefined && { newSince: after }),
    ...(lastRun && { lastRun: lastRun.at }),
    reported: deliveries.reduce((sum, { papers }) => sum + papers.length, 0),
  };
}
