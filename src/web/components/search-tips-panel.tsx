/** An example of an operator, the part of it that readers replace, and what it finds. */
interface Tip {
  readonly example: string;
  readonly replaced: string;
  readonly finds: string;
}

const TIPS: readonly Tip[] = [
  { example: '"exact phrase"', replaced: 'exact phrase', finds: 'these words in this order' },
  { example: '-word', replaced: 'word', finds: 'papers without this word' },
  { example: 'cats OR dogs', replaced: 'cats OR dogs', finds: 'either; also AND, NOT and ( )' },
  { example: 'author:"J. Smith"', replaced: 'J. Smith', finds: 'this author, in any form of the name' },
  { example: 'title:word', replaced: 'word', finds: 'in the title; also abstract:, venue:, keyword:' },
  { example: 'year:2020..2024', replaced: '2020..2024', finds: 'these years; also year:2023, year:>=2022' },
  { example: 'optimi*', replaced: 'optimi', finds: 'words that begin like this' },
  { example: 'behavior~', replaced: 'behavior', finds: 'this word and others that differ in a letter' },
  { example: '"near these"~5', replaced: 'near these', finds: 'these words, at most 5 words apart' },
];

/** The operators of the query language. @param props.onPick called with an example and the part of it to replace. */
export function SearchTipsPanel({ onPick }: { onPick: (example: string, replaced: string) => void }) {
  return (
    <>
      <p>
        Plain words rank the papers. What is written with an operator is required. A DOI, another identifier
        or the address of a paper finds this paper.
      </p>
      <ul aria-label="Operators">
        {TIPS.map(({ example, replaced, finds }) => (
          <li key={example}>
            <button type="button" onClick={() => onPick(example, replaced)}>
              <code>{example}</code>
            </button>
            <span>{finds}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
