import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { keepToken, keptToken } from '../access.ts';
import { announce } from '../announce.tsx';
import { ApiError, api } from '../api.ts';
import { paperPath } from '../paths.ts';
import { useRequest } from '../use-request.ts';

/**
 * Offers to fetch a paper that is not in the index, where the server does that; nothing elsewhere. The token is asked for once
 * and kept until the tab is closed.
 */
export function FetchOffer({ identifier }: { identifier: string }) {
  const { route } = useLocation();
  const { data } = useRequest(`fetch ${identifier}`, (signal) => api.fetchOffer(identifier, signal));
  const [token, setToken] = useState(() => keptToken() ?? '');
  const [asksToken, setAsksToken] = useState(token === '');
  const [isFetching, setFetching] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  if (!data?.allowed || data.services.length === 0) return null;

  const fetchIt = async () => {
    setFetching(true);
    setProblem(undefined);
    announce('Fetching the paper.');
    try {
      const { id } = await api.fetchPaper(identifier, token.trim());
      if (token.trim() !== keptToken()) keepToken(token.trim(), true);
      route(paperPath(id));
    } catch (thrown) {
      const code = thrown instanceof ApiError ? thrown.code : undefined;
      if (code === 'UNAUTHORIZED') keepToken(undefined);
      // A token that does not allow this may allow other things.
      if (code === 'UNAUTHORIZED' || code === 'FORBIDDEN') setAsksToken(true);
      setProblem(thrown instanceof ApiError ? thrown.message : String(thrown));
      setFetching(false);
    }
  };
  return (
    <form
      class="notice notice-info fetch-offer"
      onSubmit={(event) => {
        event.preventDefault();
        void fetchIt();
      }}
    >
      <p>The paper is not in the index. It can be fetched from {data.services.join(' or ')} and added.</p>
      {asksToken && (
        <label>
          Access token{' '}
          <input
            type="password"
            autocomplete="off"
            required
            value={token}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </label>
      )}
      <button type="submit" disabled={isFetching}>
        {isFetching ? 'Fetching…' : 'Fetch the paper'}
      </button>
      {problem !== undefined && <p role="alert">Not fetched: {problem}</p>}
    </form>
  );
}
