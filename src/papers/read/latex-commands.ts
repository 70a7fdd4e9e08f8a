import { TEX_SIGNS } from './latex.ts';

/** The plain text for each LaTeX command. */
export interface LatexCommands {
  /** The character or characters of a command by its name without the backslash: `alpha`, `,`. */
  readonly characters: ReadonlyMap<string, string>;
  /** Characters of a command with its one argument, written `ding{161}`. */
  readonly withArgument: ReadonlyMap<string, string>;
  /** The combining character of an accent command: `"`, `v`, `textcommabelow`. */
  readonly accents: ReadonlyMap<string, string>;
}

/** Commands that the library's table does not have, or has in a form that is not plain text. */
const OWN_CHARACTERS: Readonly<Record<string, string>> = {
  textquotesingle: "'",
  textquotedbl: '"',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  textendash: '–',
  textemdash: '—',
  guilsinglleft: '‹',
  guilsinglright: '›',
  guillemetleft: '«',
  guillemetright: '»',
  textvisiblespace: '␣',
  textnumero: '№',
  textless: '<',
  textgreater: '>',
  textbar: '|',
  textunderscore: '_',
  ...TEX_SIGNS,
  lbrace: '{',
  rbrace: '}',
  ldots: '…',
  dots: '…',
  textregistered: '®',
  texttrademark: '™',
  copyright: '©',
  textdegree: '°',
  slash: '/',
  SS: 'SS',
  IJ: 'IJ',
  ij: 'ij',
  aa: 'å',
  AA: 'Å',
  DH: 'Ð',
  dj: 'đ',
  DJ: 'Đ',
  NG: 'Ŋ',
  LaTeX: 'LaTeX',
  LaTeXe: 'LaTeX2e',
  TeX: 'TeX',
  BibTeX: 'BibTeX',
  XeTeX: 'XeTeX',
  bibrangedash: '–',
  hyphen: '-',
  nobreakdash: '',
  nobreakspace: ' ',
  space: ' ',
  quad: ' ',
  qquad: ' ',
  enspace: ' ',
  thinspace: ' ',
  newline: ' ',
  linebreak: ' ',
  par: '\n\n',
  item: ' ',
  // Names of functions are set as they are.
  ...Object.fromEntries(
    'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min sec sin sinh sup tan tanh'
      .split(' ')
      .map((name) => [name, name]),
  ),
  // One sign after the backslash.
  '&': '&',
  '%': '%',
  $: '$',
  '#': '#',
  _: '_',
  '{': '{',
  '}': '}',
  ' ': ' ',
  '\n': ' ',
  '\t': ' ',
  '\\': ' ',
  ',': ' ',
  ';': ' ',
  ':': ' ',
  '>': '>',
  '<': '<',
  '!': '',
  '/': '',
  '@': '',
  '-': '',
  '+': '+',
  '*': '*',
  '|': '|',
};

/** Accents that the library has in another form, or not. */
const OWN_ACCENTS: Readonly<Record<string, string>> = {
  t: '\u0361',
  b: '\u0331',
  hat: '\u0302',
  widehat: '\u0302',
  vec: '\u20d7',
  capitalcedilla: '\u0327',
  capitalogonek: '\u0328',
  capitalacute: '\u0301',
  capitalgrave: '\u0300',
  capitalcaron: '\u030c',
  capitaldieresis: '\u0308',
  capitalcircumflex: '\u0302',
  capitaltilde: '\u0303',
  ocirc: '\u030a',
};

let loaded: Promise<LatexCommands> | undefined;

/**
 * The commands that are known: those of the table that Better BibTeX uses (`unicode2latex`), and ours where it has
 * none or another form. The library is loaded with the first call, since only readers of LaTeX need it.
 */
export function latexCommands(): Promise<LatexCommands> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<LatexCommands> {
  const { combining, latex2unicode } = await import('unicode2latex');
  const characters = new Map<string, string>();
  const withArgument = new Map<string, string>();
  for (const [latex, character] of Object.entries<string | { readonly text?: string }>(latex2unicode)) {
    const text = typeof character === 'string' ? character : character.text;
    const [, name, argument] = /^\\(?:cyrchar\\)?([a-zA-Z]+|[^a-zA-Z])(?:\{(.+)\})?$/su.exec(latex) ?? [];
    if (text === undefined || name === undefined) continue;
    if (argument === undefined) characters.set(name, text);
    else if (!KEEPS_ARGUMENT.has(name)) withArgument.set(`${name}{${argument}}`, text);
  }
  for (const [name, text] of Object.entries(OWN_CHARACTERS)) characters.set(name, text);
  const accents = new Map<string, string>(Object.entries(combining.tounicode));
  for (const [name, text] of Object.entries(OWN_ACCENTS)) accents.set(name, text);
  for (const name of accents.keys()) characters.delete(name);
  return { characters, withArgument, accents };
}

/** Commands that only change how their argument looks: the text is their argument. */
export const KEEPS_ARGUMENT: ReadonlySet<string> = new Set(
  `emph text textbf textit textsc textsl textsf texttt textrm textup textmd textnormal textlf textin textsubscript textsuperscript
  textsu mbox hbox makebox fbox ensuremath underline uline ul overline mathrm mathbf mathit mathsf mathtt mathcal mathbb
  mathfrak mathscr mathnormal boldsymbol bm pmb operatorname mkbibemph mkbibbold mkbibitalic mkbibparens mkbibbrackets
  mkbibsuperscript mkbibsubscript mkbibacro autocap MakeCapital MakeSentenceCase nocase NoCaseChange textnocase bibstring
  bibcyr chsf url path nolinkurl textlatin textgreek textcyrillic foreignphrase sout st so hl cite citet citep citeauthor
  citeyear textcite parencite footcite ref eqref section subsection subsubsection paragraph caption title
  ElsevierGlyph sb sp rlap llap raisebox smash phantomsection mathop mathbin mathrel mathord mathopen mathclose
  texorpdfstring natexlab`.split(/\s+/),
);

/** Commands without an argument that change the look of what follows, or nothing that is text. */
export const SAYS_NOTHING: ReadonlySet<string> = new Set(
  `em it bf tt sc rm sl sf cal itshape bfseries scshape slshape upshape ttfamily rmfamily sffamily mdseries normalfont
  normalsize tiny scriptsize footnotesize small large Large LARGE huge Huge relax protect ignorespaces unskip noindent
  indent centering raggedright displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits allowbreak
  nobreak break null strut left right big Big bigg Bigg bigl bigr Bigl Bigr leavevmode xspace boldmath unboldmath
  sloppy aftergroup expandafter bgroup egroup begingroup endgroup maketitle clearpage newpage bigskip medskip
  smallskip hfill vfill fill dotfill hrule hline toprule midrule bottomrule`.split(/\s+/),
);

/** Commands whose first arguments are not text (keys, lengths, colours): how many are left out. */
export const ARGUMENTS_LEFT_OUT: Readonly<Record<string, number>> = {
  noopsort: 1,
  hspace: 1,
  vspace: 1,
  hskip: 0,
  phantom: 1,
  vphantom: 1,
  hphantom: 1,
  label: 1,
  color: 1,
  textcolor: 1,
  colorbox: 1,
  href: 1,
  fontsize: 2,
  fontfamily: 1,
  selectlanguage: 1,
  foreignlanguage: 1,
  includegraphics: 1,
  begin: 1,
  end: 1,
  vskip: 0,
  raisebox: 1,
  usepackage: 1,
  rule: 2,
};

/** Commands whose argument is separated by a space from the word before it. */
export const SEPARATED_ARGUMENT: ReadonlySet<string> = new Set([
  'footnote',
  'thanks',
  'marginpar',
  'begin',
  'end',
]);
