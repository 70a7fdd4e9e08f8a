/** What the reader chose; `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'paper-search.theme';

/** The theme that was chosen in this browser. */
export function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Shows the page in a theme. The style sheet looks at `data-theme` of the root. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** Shows a theme, and keeps the choice. */
export function chooseTheme(theme: Theme): void {
  showTheme(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Lasts as long as the page is open.
  }
}
