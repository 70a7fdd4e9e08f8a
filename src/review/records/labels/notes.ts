import { DECISIONS, type Decision } from '../../review.ts';
import { covidenceReasons } from './covidence.ts';
import { partsOf } from './decisions.ts';
import type { LabelValue } from './label-row.ts';

/**
 * Decisions in notes of records. Rayyan writes `RAYYAN-INCLUSION: {"Ama"=>"Included"}`, its exclusion reasons, labels and
 * the notes of its users in one note, separated by `|`; ASReview a note such as `ASReview_relevant`, and more as
 * `asreview_note: "text"`. Both write them under N1 in RIS, Rayyan in the column `notes` of a table and `note` of BibTeX.
 */

/** Programs that keep notes as HTML (Zotero) escape these. */
const SIGNS = { gt: '>', quot: '"' } as const;
const RAYYAN_SECTION = /(RAYYAN-[A-Z-]+|USER-NOTES)\s*:\s*/g;
/** A name and its value in a Ruby hash, as Rayyan writes it. */
const PAIR = /"((?:[^"\\]|\\.)*)"\s*=>\s*(?:"((?:[^"\\]|\\.)*)"|\[((?:[^\]"]|"(?:[^"\\]|\\.)*")*)\])/g;
const RAYYAN_DECISIONS: Readonly<Record<string, Decision>> = {
  included: 'include',
  excluded: 'exclude',
  maybe: 'maybe',
};
const ASREVIEW_LABEL = /\bASReview_(relevant|irrelevant|not_seen)\b/;
/** JSON values that ASReview writes about a record: `asreview_note: "text"`. */
const ASREVIEW_VALUE = /\basreview_(\w+): ("(?:[^"\\]|\\.)*"|[^\s|]+)/g;

/**
 * What notes say about the decisions on a record.
 * @returns one label a reviewer; an empty list for a record that the notes say is not screened; undefined where the notes
 *   say nothing about it.
 */
export function labelsInNotes(notes: string): readonly LabelValue[] | undefined {
  const text = notes.replace(/&(?:amp;)?(gt|quot);/g, (_, name: 'gt' | 'quot') => SIGNS[name]);
  const rayyan = rayyanLabels(text);
  if (rayyan?.some(({ stage }) => stage === 'abstract')) return rayyan;
  const asreview = asreviewLabels(text);
  return rayyan || asreview ? [...(asreview ?? []), ...(rayyan ?? [])] : undefined;
}

function rayyanLabels(notes: string): readonly LabelValue[] | undefined {
  if (!notes.includes('RAYYAN-')) return undefined;
  const sections = sectionsOf(notes);
  const inclusion = sections.get('RAYYAN-INCLUSION');
  if (inclusion === undefined && !sections.has('RAYYAN-LABELS')) return undefined;
  const reasons = partsOf(sections.get('RAYYAN-EXCLUSION-REASONS') ?? '', /,/);
  const userNotes = new Map(
    pairsIn(sections.get('USER-NOTES') ?? '').map(([name, , list]) => [name, textsIn(list).join('\n')]),
  );
  const fullText = fullTextOf(partsOf(sections.get('RAYYAN-LABELS') ?? '', /,/), notes);
  const labels = pairsIn(inclusion ?? '').flatMap(([name, value]): LabelValue[] => {
    const decision = RAYYAN_DECISIONS[value.toLowerCase()];
    if (decision === undefined) return [];
    return [
      {
        stage: 'abstract',
        decision,
        reasons: decision === 'exclude' ? reasons : [],
        note: userNotes.get(name) ?? '',
        by: name === '' ? undefined : name,
      },
    ];
  });
  return [...labels, ...fullText];
}

/** Rayyan's labels for decisions by full text, which Rayyan has no place for. */
const FULL_TEXT_LABELS: Readonly<Record<Decision, string>> = {
  include: 'full text included',
  exclude: 'full text excluded',
  maybe: 'full text undecided',
};

/** The label of a decision by full text. */
export function fullTextLabel(decision: Decision): string {
  return FULL_TEXT_LABELS[decision];
}

/** The decision by full text that a label says, with the reasons that Covidence writes. */
function fullTextOf(labels: readonly string[], notes: string): LabelValue[] {
  return DECISIONS.flatMap((decision): LabelValue[] =>
    labels.includes(FULL_TEXT_LABELS[decision])
      ? [
          {
            stage: 'full-text',
            decision,
            reasons: decision === 'exclude' ? covidenceReasons(notes) : [],
            note: '',
          },
        ]
      : [],
  );
}

/** The sections of Rayyan's note by name; each ends where the next begins. */
function sectionsOf(notes: string): Map<string, string> {
  const found = [...notes.matchAll(RAYYAN_SECTION)];
  return new Map(
    found.map((match, at) => {
      const end = found[at + 1]?.index ?? notes.length;
      const text = notes.slice(match.index + match[0].length, end).split('\n\n')[0]!;
      return [match[1]!, text.replace(/\s*\|\s*$/, '').trim()];
    }),
  );
}

function pairsIn(text: string): [name: string, value: string, list: string][] {
  return Array.from(text.matchAll(PAIR), ([, name = '', value = '', list = '']) => [
    unescaped(name),
    unescaped(value),
    list,
  ]);
}

function textsIn(list: string): string[] {
  return Array.from(list.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, text]) => unescaped(text!));
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, sign: string) => (sign === 'n' ? '\n' : sign));
}

function asreviewLabels(notes: string): readonly LabelValue[] | undefined {
  const label = ASREVIEW_LABEL.exec(notes)?.[1];
  if (label === undefined) return undefined;
  if (label === 'not_seen') return [];
  const values = new Map(
    Array.from(notes.matchAll(ASREVIEW_VALUE), ([, name, json]) => [name!, textOf(json!)]),
  );
  return [
    {
      stage: 'abstract',
      decision: label === 'relevant' ? 'include' : 'exclude',
      reasons: [],
      note: values.get('note') ?? '',
      by: values.get('user_name') || undefined,
      at: values.get('time') || undefined,
    },
  ];
}

function textOf(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return value === null ? '' : String(value);
  } catch {
    return json;
  }
}

/** What Rayyan reads of a paper's labels. */
export interface RayyanNote {
  readonly decisions: readonly { readonly by: string; readonly decision: Decision; readonly note: string }[];
  readonly reasons: readonly string[];
  readonly labels: readonly string[];
}

/** The note that Rayyan reads decisions from, on one line; empty where there are none. `labelsInNotes` reads it. */
export function rayyanNote({ decisions, reasons, labels }: RayyanNote): string {
  if (decisions.length === 0 && labels.length === 0) return '';
  const names: Readonly<Record<Decision, string>> = {
    include: 'Included',
    exclude: 'Excluded',
    maybe: 'Maybe',
  };
  const pairs = decisions.map(({ by, decision }) => `${quoted(by)}=>"${names[decision]}"`);
  const notes = decisions.filter(({ note }) => note !== '');
  // A comma separates names.
  const list = (texts: readonly string[]) => texts.map((text) => text.replaceAll(',', ';')).join(',');
  return [
    ...(pairs.length === 0 ? [] : [`RAYYAN-INCLUSION: {${pairs.join(', ')}}`]),
    ...(labels.length === 0 ? [] : [`RAYYAN-LABELS: ${list(labels)}`]),
    ...(reasons.length === 0 ? [] : [`RAYYAN-EXCLUSION-REASONS: ${list(reasons)}`]),
    ...(notes.length === 0
      ? []
      : [`USER-NOTES: {${notes.map(({ by, note }) => `${quoted(by)}=>[${quoted(note)}]`).join(', ')}}`]),
  ].join(' | ');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\r?\n/g, '\\n')}"`;
}

const SCREENING_NOTE = /^(?:RAYYAN-|USER-NOTES:|ASReview_|asreview_\w+:|Exclusion reason:)/;

/** Whether a paragraph of a record's note is about screening: an export writes a new one in its place. */
export function isScreeningNote(paragraph: string): boolean {
  return SCREENING_NOTE.test(paragraph);
}

/** The note that ASReview reads a label from. @param label undefined for a paper that was not screened. */
export function asreviewNote(label: 0 | 1 | undefined): string {
  if (label === undefined) return 'ASReview_not_seen';
  return label === 1 ? 'ASReview_relevant' : 'ASReview_irrelevant';
}
