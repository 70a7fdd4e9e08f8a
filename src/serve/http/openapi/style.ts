/**
 * The style sheet of the documentation page, and of the pages of feeds. It is a file of its own because the page's policy forbids inline styles.
 */
export const DOCUMENTATION_STYLE = `:root {
  color-scheme: light dark;
  --text: light-dark(#1b1f24, #e6e8eb);
  --quiet: light-dark(#57606a, #9aa4af);
  --link: light-dark(#0a58ca, #7ab7ff);
  --line: light-dark(#d0d7de, #3a424c);
  --ground: light-dark(#ffffff, #14181d);
  --code: light-dark(#f3f5f7, #20262d);
}
body {
  margin: 0 auto;
  max-width: 60rem;
  padding: 1rem;
  font: 1rem/1.5 system-ui, sans-serif;
  color: var(--text);
  background: var(--ground);
}
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
article { margin: 1.5rem 0; padding-top: 0.5rem; border-top: 1px solid var(--line); }
h3 { overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; background: var(--code); }
code { padding: 0.1em 0.3em; border-radius: 0.25em; overflow-wrap: anywhere; }
pre { padding: 0.75rem; overflow-x: auto; }
table { width: 100%; margin: 0.75rem 0; border-collapse: collapse; }
caption { text-align: left; font-weight: 600; }
th, td { padding: 0.3rem 0.5rem 0.3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th, small { color: var(--quiet); font-weight: 400; }
td { overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.address { display: block; padding: 0.75rem; user-select: all; }
.entries { padding: 0; list-style: none; }
.entries h3, .entries p { margin: 0.25rem 0; overflow-wrap: anywhere; }
`;
