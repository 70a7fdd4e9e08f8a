import { useState } from 'preact/hooks';
import { chooseTheme, keptTheme, THEMES } from '../theme.ts';

const NAMES = { system: 'like the device', light: 'light', dark: 'dark' } as const;
const SYMBOLS = { system: '◐', light: '☀', dark: '☾' } as const;

/** Switches to the next theme: like the device, light, dark. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(keptTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  return (
    <button
      type="button"
      class="icon-button"
      onClick={() => {
        setTheme(next);
        chooseTheme(next);
      }}
      aria-label={`Theme: ${NAMES[theme]}. Change to ${NAMES[next]}`}
      title={`Theme: ${NAMES[theme]}`}
    >
      <span aria-hidden="true">{SYMBOLS[theme]}</span>
    </button>
  );
}
