import { ACCEPTANCE_LABELS, isUnpublished, submissionNote } from '../../papers/acceptance.ts';
import type { Paper } from '../../papers/paper.ts';
import { STATUS_LABELS, statusText } from '../../papers/status.ts';

/**
 * What must not be missed about a paper: that it was retracted or withdrawn, and what its venue decided.
 * @param whole whether reasons are shown, as on the page of a paper.
 */
export function PaperMarks({ paper, whole = false }: { paper: Paper; whole?: boolean }) {
  const { status, acceptance, venue, year } = paper;
  if (!status && !acceptance) return null;
  return (
    <p class="marks">
      {status && (
        <strong class={`mark mark-${status.kind}`} title={statusText(status)}>
          {whole ? statusText(status) : STATUS_LABELS[status.kind]}
        </strong>
      )}
      {acceptance && (
        <span class={isUnpublished(acceptance) ? 'mark mark-unpublished' : 'mark mark-accepted'}>
          {isUnpublished(acceptance)
            ? `${ACCEPTANCE_LABELS[acceptance]} · ${submissionNote(venue, year)}`
            : ACCEPTANCE_LABELS[acceptance]}
        </span>
      )}
    </p>
  );
}
