import { keptTheme, showTheme } from './theme.ts';

// Runs before the first paint, so that the page does not flash white in dark mode.
showTheme(keptTheme());
