import { ACCEPTANCE_LABELS, isUnpublished, submissionNote } from '../../papers/acceptance.ts';
import type { Paper } from '../../papers/paper.ts';
import { STATUS_LABELS, statusText } from '../../papers/status.ts';
import { formatInstant } from '../format.ts';
import { isNewSince, useSeen } from '../seen.ts';

/**
 * What must not be missed about a paper: that it was retracted or withdrawn, what its venue decided, and that it came in
 * since the reader's last visit.
 * @param whole whether reasons are shown, as on the page of a paper.
 */
export function PaperMarks({ paper, whole = false }: { paper: Paper; whole?: boolean }) {
  const { status, acceptance, venue, year, added } = paper;
  const isNew = isNewSince(useSeen(), added);
  if (!status && !acceptance && !isNew) return null;
  return (
    <p class="marks">
      {isNew && (
        <span class="mark mark-new" title={`Came in on ${formatInstant(added!)}`}>
          New
        </span>
      )}
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
