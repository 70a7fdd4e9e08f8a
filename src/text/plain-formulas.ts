/** A text as it is split into words, and where each of its characters comes from. */
export interface PlainText {
  readonly text: string;
  /** For each UTF-16 code unit, its place in the original text; at the end, the length of that. */
  readonly places: Uint32Array;
}

/** Commands of LaTeX that say how their argument looks, or that are not read aloud. */
const WRAPPERS = new Set(
  `mathcal mathbb mathbf mathrm mathit mathsf mathtt mathfrak mathscr mathop mathnormal boldsymbol bm text textbf textit
  textrm textsf texttt textsc textsl textup textmd textnormal textsuperscript textsubscript emph underline overline
  operatorname ensuremath mbox hbox hat tilde bar vec dot ddot acute grave breve check widehat widetilde left right big
  bigl bigr Big Bigl Bigr bigg biggl biggr Bigg middle displaystyle textstyle scriptstyle limits nolimits rm bf it sf tt
  sc sl em cal`.split(/\s+/),
);
/** Commands of LaTeX for signs that are not words: \times is not "times". */
const SIGNS = new Set(
  `times cdot cdots ldots dots vdots ddots div pm mp ast star circ bullet oplus ominus otimes odot oslash wedge vee cap
  cup setminus le leq leqslant ge geq geqslant ne neq equiv sim simeq approx cong propto ll gg lesssim gtrsim asymp in
  notin ni subset subseteq supset supseteq to rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow
  longrightarrow longleftarrow mapsto uparrow downarrow forall exists nexists neg not land lor mid nmid parallel perp
  angle infty partial nabla prime dagger ddagger sum prod int oint iint frac dfrac tfrac cfrac binom sqrt over choose
  langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert quad qquad hspace vspace phantom label ref eqref cite
  citep citet citealp url href footnote begin end item hline newline noindent par centering triangle square diamond
  because therefore top bot models vdash hbar ldotp colon degree textdegree`.split(/\s+/),
);
const COMMAND = /\\([A-Za-z]+)\*?/y;
/** A formula: no white space after the first dollar sign or before the last, and no digit behind ("$5 and $6"). */
const FORMULA = /(?<![\\$])(\$\$?)(?=[^\s$])([^$]{1,400}?)(?<=[^\s\\])\1(?!\d)/g;
/** A subscript of digits that is written as in LaTeX: "CO_2", "CO_{2}". */
const SUBSCRIPT = /(?<=[\p{L}\p{N})])_\{?(?=\d)/uy;

/**
 * A text with its formulas in plain characters, as far as words are concerned: names of commands are left out
 * ("\times", "\mathcal{O}"), and what is set together is joined by a hyphen ("CO$_2$" to "CO-2").
 * @returns undefined for a text without formulas and commands.
 */
export function plainFormulas(text: string): PlainText | undefined {
  if (!text.includes('$') && !text.includes('\\') && !text.includes('_')) return undefined;
  const inFormula = new Uint8Array(text.length);
  for (const { 0: whole, index } of text.matchAll(FORMULA)) inFormula.fill(1, index, index + whole.length);
  const kept: string[] = [];
  const places: number[] = [];
  const keep = (character: string, place: number) => {
    kept.push(character);
    places.push(place);
  };
  let changed = false;
  for (let at = 0; at < text.length; ) {
    const end = formulaPart(text, at, inFormula, kept, keep);
    if (end === undefined) {
      keep(text[at]!, at);
      at++;
    } else {
      changed = true;
      at = end;
    }
  }
  places.push(text.length);
  return changed ? { text: kept.join(''), places: Uint32Array.from(places) } : undefined;
}

/** Reads what at `at` belongs to a formula or a command. @returns where it ends; undefined for other text. */
function formulaPart(
  text: string,
  at: number,
  inFormula: Uint8Array,
  kept: readonly string[],
  keep: (character: string, place: number) => void,
): number | undefined {
  const character = text[at]!;
  if (character === '\\') {
    COMMAND.lastIndex = at;
    const [whole, name] = COMMAND.exec(text) ?? [];
    if (whole === undefined) return undefined;
    const end = at + whole.length;
    if (name === 'ell') keep('l', at + 3);
    else if (WRAPPERS.has(name!)) return text[end] === '{' ? end + 1 : end;
    else if (SIGNS.has(name!)) keep(' ', at);
    else return undefined;
    return end;
  }
  if (inFormula[at] === 1 && /[$_^{}]/.test(character)) {
    let end = at;
    while (end < text.length && inFormula[end] === 1 && /[$_^{}]/.test(text[end]!)) end++;
    const joins = /[_^]/.test(text.slice(at, end)) && /[\p{L}\p{N})]$/u.test(kept.at(-1) ?? '');
    if (joins) keep('-', at);
    else if (!text.slice(at, end).includes('$')) keep(' ', at);
    return end;
  }
  SUBSCRIPT.lastIndex = at;
  const subscript = SUBSCRIPT.exec(text)?.[0];
  if (subscript === undefined) return undefined;
  keep('-', at);
  return at + subscript.length;
}
