import type { Paper } from '../../papers/paper.ts';
import { focusRelated } from '../paper-keys.ts';
import { PaperLinks } from './paper-links.tsx';
import { Tick } from './tick.tsx';

interface PaperActionsProps {
  readonly paper: Paper;
  /** Whether the citations are open. */
  readonly cites: boolean;
  readonly onCite: () => void;
}

/** Id of the part of the page that the button opens. */
export const CITE_ID = 'cite';
export const RELATED_ID = 'related';

/** What can be done with a paper, in one row. */
export function PaperActions({ paper, cites, onCite }: PaperActionsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div class="paper-actions" role="group" aria-label="Actions">
      <button type="button" aria-expanded={cites} aria-controls={CITE_ID} onClick={onCite}>
        Cite
      </button>
      <Tick paper={paper}>Collect</Tick>
      <PaperLinks paper={paper} />
      <a
        href={`#${RELATED_ID}`}
        onClick={(event) => {
          // Following the link would remove the focus.
          event.preventDefault();
          focusRelated();
        }}
      >
        Related
      </a>
    </div>
  );
}
