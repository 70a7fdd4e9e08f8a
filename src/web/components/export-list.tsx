import { MAX_EXPORTED } from '../../limits.ts';
import { counted, formatCount } from '../format.ts';
import { later } from '../later.tsx';
import { exportUrl, type SearchState } from '../search-state.ts';
import { Disclosure } from './disclosure.tsx';

const ExportPanel = later(() => import('./export-panel.tsx').then(({ ExportPanel }) => ExportPanel));

/** A menu of files with the relevant papers of a search. @param props.relevant how many they are. */
export function ExportList({ state, relevant }: { state: SearchState; relevant: number }) {
  if (relevant === 0) return null;
  const most = formatCount(MAX_EXPORTED);
  const caption =
    relevant <= MAX_EXPORTED
      ? `${relevant === 1 ? 'The' : 'All'} ${counted(relevant, 'relevant paper')} as a file:`
      : `The first ${most} of ${formatCount(relevant)} relevant papers as a file (a file has at most ${most}):`;
  return (
    <Disclosure class="export-list" label="Export">
      {(close) => (
        <ExportPanel caption={caption} urlOf={(format) => exportUrl(state, format)} onChoose={close} />
      )}
    </Disclosure>
  );
}
