import { useEffect, useState } from 'preact/hooks';

/** Whether the page is dark now, by choice or by the device's setting. */
export function useDark(): boolean {
  const [dark, setDark] = useState(isDark);
  useEffect(() => {
    const look = () => setDark(isDark());
    const device = matchMedia('(prefers-color-scheme: dark)');
    const observer = new MutationObserver(look);
    device.addEventListener('change', look);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    look();
    return () => {
      device.removeEventListener('change', look);
      observer.disconnect();
    };
  }, []);
  return dark;
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}
