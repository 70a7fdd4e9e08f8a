import type { Paper } from '../paper.ts';

/** The fields of study that Semantic Scholar sorts papers into. */
const FIELDS_OF_STUDY = [
  'Computer Science',
  'Medicine',
  'Chemistry',
  'Biology',
  'Materials Science',
  'Physics',
  'Geology',
  'Psychology',
  'Art',
  'History',
  'Geography',
  'Sociology',
  'Business',
  'Political Science',
  'Economics',
  'Philosophy',
  'Mathematics',
  'Engineering',
  'Environmental Science',
  'Agricultural and Food Sciences',
  'Education',
  'Law',
  'Linguistics',
] as const;
export type FieldOfStudy = (typeof FIELDS_OF_STUDY)[number];

const BY_NAME = new Map(FIELDS_OF_STUDY.map((field) => [field.toLowerCase(), field]));

/** The archives of arXiv (https://arxiv.org/category_taxonomy): the part of a category before the dot. */
const BY_ARCHIVE: Readonly<Record<string, readonly FieldOfStudy[]>> = {
  cs: ['Computer Science'],
  eess: ['Engineering'],
  econ: ['Economics'],
  math: ['Mathematics'],
  'math-ph': ['Mathematics', 'Physics'],
  'q-bio': ['Biology'],
  'q-fin': ['Economics'],
  stat: ['Mathematics'],
  'astro-ph': ['Physics'],
  'cond-mat': ['Physics'],
  'gr-qc': ['Physics'],
  'hep-ex': ['Physics'],
  'hep-lat': ['Physics'],
  'hep-ph': ['Physics'],
  'hep-th': ['Physics'],
  nlin: ['Physics'],
  'nucl-ex': ['Physics'],
  'nucl-th': ['Physics'],
  physics: ['Physics'],
  'quant-ph': ['Physics'],
};

/** The field with a name, in upper or lower case; undefined if there is no such field. */
export function fieldOfStudy(name: string): FieldOfStudy | undefined {
  return BY_NAME.get(name.trim().toLowerCase());
}

/** The fields that a paper's categories belong to, each once: those named like a field, and the categories of arXiv. */
export function fieldsOfStudyOf({ categories }: Pick<Paper, 'categories'>): FieldOfStudy[] {
  const fields = categories.flatMap((category) => {
    const named = fieldOfStudy(category);
    if (named) return [named];
    const archive = category.toLowerCase().split('.', 1)[0]!;
    return Object.hasOwn(BY_ARCHIVE, archive) ? BY_ARCHIVE[archive]! : [];
  });
  return [...new Set(fields)];
}
