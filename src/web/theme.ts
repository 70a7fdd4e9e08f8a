/** The themes to choose from; `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'paper-search.theme';

/** The theme stored in this browser. */
export function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Applies a theme. The style sheet reads `data-theme` of the root element. */
export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** Applies a theme and stores the choice. */
export function chooseTheme(theme: Theme): void {
  showTheme(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is disabled: the choice lasts as long as the page is open.
  }
}
