import { useRef } from 'preact/hooks';
import { counted, formatCount } from '../format.ts';
import { asApiError } from '../use-watches.ts';
import { type ImportedLabels, reviewApi } from './requests.ts';

interface ImportLabelsProps {
  /** Id of the review. */
  readonly review: string;
  /** Called with what was read, or why nothing was. */
  readonly onRead: (said: string) => void;
}

/** Reads the reviewer's decisions from a file of another program, such as known includes. */
export function ImportLabels({ review, onRead }: ImportLabelsProps) {
  const field = useRef<HTMLInputElement>(null);
  const read = async (file: File) => {
    try {
      onRead(inWords(file.name, await reviewApi.import(review, file)));
    } catch (thrown) {
      onRead(`Not imported: ${asApiError(thrown).message}`);
    }
  };
  return (
    <>
      <input
        ref={field}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-label="File with decisions"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void read(file);
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
      <button type="button" onClick={() => field.current?.click()}>
        Import your decisions…
      </button>
    </>
  );
}

function inWords(
  name: string,
  { written, present, unmatched, unknownReasons, problems }: ImportedLabels,
): string {
  const [problem] = problems;
  return [
    `Imported ${counted(written, 'decision')} of ${name}.`,
    present > 0 && `${formatCount(present)} were there already.`,
    unmatched.length > 0 &&
      `${counted(unmatched.length, 'record')} are not in the review; the first: “${unmatched[0]!.title}”.`,
    unknownReasons.length > 0 &&
      `Reasons that the protocol does not have are in the notes: ${unknownReasons.join(', ')}.`,
    problem && `${counted(problems.length, 'record')} could not be read; the first: ${problem.reason}`,
  ]
    .filter(Boolean)
    .join(' ');
}
