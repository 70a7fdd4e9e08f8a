import { later } from '../later.tsx';
import { Disclosure } from './disclosure.tsx';

const SearchTipsPanel = later(() =>
  import('./search-tips-panel.tsx').then(({ SearchTipsPanel }) => SearchTipsPanel),
);

/**
 * A button that shows the operators of the query language, with examples that can be put into the field.
 * @param props.onPick called with an example and the part of it to replace.
 */
export function SearchTips({ onPick }: { onPick: (example: string, replaced: string) => void }) {
  return (
    <Disclosure
      class="search-tips"
      label={
        <>
          <span class="visually-hidden">Search tips</span>
          <span class="search-tips-label" aria-hidden="true">
            Tips
          </span>
        </>
      }
    >
      {(close) => (
        <SearchTipsPanel
          onPick={(example, replaced) => {
            close();
            onPick(example, replaced);
          }}
        />
      )}
    </Disclosure>
  );
}
