import { useLocation } from 'preact-iso/router';
import { useTray } from '../tray.ts';
import { openKeys } from './keys-dialog.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const LINKS = [
  { path: '/', label: 'Search' },
  { path: '/programme', label: 'Programme' },
  { path: '/map', label: 'Map' },
] as const;

/** The name, the ways to the views, and the theme. */
export function Header() {
  const { path } = useLocation();
  const collected = useTray().length;
  const current = (own: string) => (path === own ? 'page' : undefined);
  return (
    <header class="site-header">
      <a class="wordmark" href="/" aria-label="paper-search: start page">
        paper<span aria-hidden="true">·</span>search
      </a>
      <nav aria-label="Views">
        <ul>
          {LINKS.map((link) => (
            <li key={link.path}>
              <a href={link.path} aria-current={current(link.path)}>
                {link.label}
              </a>
            </li>
          ))}
          <li>
            <a href="/tray" aria-current={current('/tray')}>
              Tray
              {collected > 0 && (
                <span class="badge">
                  {collected}
                  <span class="visually-hidden"> collected</span>
                </span>
              )}
            </a>
          </li>
        </ul>
      </nav>
      <div class="site-tools">
        <ThemeSwitch />
        <button type="button" class="icon-button keys-button" onClick={openKeys} aria-label="Keys">
          <kbd>?</kbd>
        </button>
      </div>
    </header>
  );
}
