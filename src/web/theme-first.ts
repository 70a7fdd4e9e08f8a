import { keptTheme, showTheme } from './theme.ts';

// Before the first paint, so that nobody who reads in the dark is blinded.
showTheme(keptTheme());
