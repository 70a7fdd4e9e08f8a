import { useLocation } from 'preact-iso/router';
import { api } from '../api.ts';
import { FIRST_NAME, useShown } from '../collection.ts';
import { useRequest } from '../use-request.ts';
import { openKeys } from './keys-dialog.tsx';
import { Libraries } from './libraries.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const LINKS = [
  { path: '/', label: 'Search' },
  { path: '/schedule', label: 'Schedule' },
  { path: '/map', label: 'Map' },
] as const;

/** The name, links to the views, and the theme. */
export function Header() {
  const { path } = useLocation();
  const { name, papers } = useShown();
  const collected = papers.length;
  const links = useLinks();
  const current = (own: string) => (path === own ? 'page' : undefined);
  return (
    <header class="site-header">
      <a class="wordmark" href="/" aria-label="paper-search: start page">
        paper<span aria-hidden="true">·</span>search
      </a>
      <nav aria-label="Views">
        <ul>
          {links.map((link) => (
            <li key={link.path}>
              <a href={link.path} aria-current={current(link.path)}>
                {link.label}
              </a>
            </li>
          ))}
          <li>
            <a href="/collection" aria-current={current('/collection')}>
              {name === FIRST_NAME ? (
                name
              ) : (
                <>
                  <span class="visually-hidden">Collection: </span>
                  <span class="collection-name">{name}</span>
                </>
              )}
              {collected > 0 && (
                <span class="badge">
                  {collected}
                  <span class="visually-hidden"> collected</span>
                </span>
              )}
            </a>
          </li>
          <li>
            <a href="/watches" aria-current={current('/watches')}>
              Watches
            </a>
          </li>
          <li>
            <a href="/reviews" aria-current={path.startsWith('/reviews') ? 'page' : undefined}>
              Reviews
            </a>
          </li>
        </ul>
      </nav>
      <div class="site-tools">
        <Libraries />
        <ThemeSwitch />
        <button
          type="button"
          class="icon-button keys-button"
          onClick={openKeys}
          aria-label="Keyboard shortcuts"
        >
          <kbd>?</kbd>
        </button>
      </div>
    </header>
  );
}

/** The links to the views that the papers have. A cluster makes no map of them. */
function useLinks(): readonly (typeof LINKS)[number][] {
  const { data } = useRequest('stats', (signal) => api.stats(signal));
  return data?.lexicalEngine === 'opensearch' ? LINKS.filter(({ path }) => path !== '/map') : LINKS;
}
