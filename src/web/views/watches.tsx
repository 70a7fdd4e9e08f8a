import { useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { keptToken } from '../access.ts';
import { announce } from '../announce.tsx';
import type { ApiError } from '../api.ts';
import { Failure, Notice, Skeleton } from '../components/states.tsx';
import { TokenDialog } from '../components/token-dialog.tsx';
import { WatchForm } from '../components/watch-form.tsx';
import { WatchItem } from '../components/watch-item.tsx';
import { feedUrl, isEmpty, readState, type SearchState, urlOf } from '../search-state.ts';
import { useTitle } from '../title.ts';
import { useWatches } from '../use-watches.ts';
import type { Watch } from '../watch-requests.ts';

/** Watches: standing questions on the server. The URL may contain a search that is to become one. */
export function WatchesView() {
  const { url, route } = useLocation();
  const state = useMemo(() => readState(new URL(url, location.origin).search), [url]);
  const hasToken = keptToken() !== undefined;
  const { watches, error, previews, reload } = useWatches(hasToken);
  const [asked, setAsked] = useState(0);
  const [said, setSaid] = useState('');
  const [added, setAdded] = useState<string>();
  useTitle('Watches');
  const askToken = () => setAsked((times) => times + 1);
  const changed = (message: string) => {
    setSaid(message);
    announce(message);
    reload();
  };
  const onAdded = ({ name }: Watch) => {
    setAdded(name);
    changed(`Added the watch “${name}”.`);
    route('/watches', true);
  };
  return (
    <div class="watches">
      <h1>Watches</h1>
      {said !== '' && <Notice>{said}</Notice>}
      {!hasToken ? (
        <WithoutToken state={state} onAsk={askToken} />
      ) : error ? (
        <Refused error={error} retry={reload} onAsk={askToken} />
      ) : !watches ? (
        <Skeleton lines={6} />
      ) : (
        <>
          {!isEmpty(state) && (
            <WatchForm
              key={url}
              state={state}
              taken={new Set(watches.map(({ name }) => name))}
              onAdded={onAdded}
            />
          )}
          {watches.length === 0 ? (
            <p>
              There are no watches yet. Choose “Watch this search” above the results of a search to add one.
            </p>
          ) : (
            <ul class="watch-list">
              {watches.map((watch) => (
                <WatchItem
                  key={watch.name}
                  watch={watch}
                  preview={previews.get(watch.name)}
                  isAdded={watch.name === added}
                  onChange={changed}
                />
              ))}
            </ul>
          )}
          <p class="watch-help">
            Feed readers send a token with the scope <code>read</code> as the password, with any user name. On
            the command line, <code>paper-search watch</code> does the same as this page, and delivers reports
            to files and webhooks.
          </p>
        </>
      )}
      {asked > 0 && <TokenDialog asked={asked} heading="Watches need a token" />}
    </div>
  );
}

/** What there is for readers without a token. */
function WithoutToken({ state, onAsk }: { readonly state: SearchState; readonly onAsk: () => void }) {
  return (
    <div class="state">
      <p>
        A watch is a question that the server keeps. It reports papers that come in and are relevant, each
        once. Adding and reading watches needs a token with the scope <code>review</code>.
      </p>
      <button type="button" onClick={onAsk}>
        Enter a token
      </button>
      <h2>Without a token</h2>
      <ul>
        <li>
          Every search has a feed for feed readers:{' '}
          {isEmpty(state) ? (
            <>“Subscribe (feed)” above its results.</>
          ) : (
            <a href={feedUrl(state)} type="application/atom+xml">
              the feed of your search
            </a>
          )}
        </li>
        <li>
          On the machine with the index, <code>paper-search watch add NAME --query QUERY</code> adds a watch,
          and <code>paper-search watch run</code> prints what is new.
        </li>
        <li>
          The <a href="/">start page</a> lists what is new since your last visit.
        </li>
      </ul>
      {!isEmpty(state) && <a href={urlOf(state)}>Back to the search</a>}
    </div>
  );
}

interface RefusedProps {
  readonly error: ApiError;
  readonly retry: () => void;
  readonly onAsk: () => void;
}

/** Why there are no watches, and another token where that may help. */
function Refused({ error, retry, onAsk }: RefusedProps) {
  if (error.code !== 'FORBIDDEN' && error.code !== 'UNAUTHORIZED')
    return <Failure error={error} retry={retry} />;
  return (
    <div class="state failure" role="alert">
      <h2>This token does not allow watches</h2>
      <p>{error.message}</p>
      <button type="button" onClick={onAsk}>
        Use another token
      </button>
    </div>
  );
}
