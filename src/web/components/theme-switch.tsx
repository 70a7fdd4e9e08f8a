import { useState } from 'preact/hooks';
import { chooseTheme, keptTheme, THEMES } from '../theme.ts';

const NAMES = { system: 'like the device', light: 'light', dark: 'dark' } as const;
const SIGNS = { system: '◐', light: '☀', dark: '☾' } as const;

/** Goes round the themes: like the device, light, dark. */
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
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </button>
  );
}
