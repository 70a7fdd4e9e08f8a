/** Mathematical commands that only print symbols. LaTeX runs what we export, so a formula may use no others. */
const HARMLESS = new Set(
  `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
  sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
  le leq leqslant ge geq geqslant ne neq equiv approx sim simeq cong propto ll gg prec succ in ni notin subset supset
  subseteq supseteq cup cap setminus emptyset varnothing forall exists neg lnot land lor wedge vee to rightarrow
  leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow mapsto longrightarrow hookrightarrow uparrow downarrow
  times cdot div pm mp ast star circ bullet oplus otimes odot dagger ddagger cdots ldots dots vdots ddots infty partial
  nabla sum prod int oint lim limsup liminf max min sup inf log ln exp sin cos tan det dim ker Pr arg gcd deg mod bmod
  pmod frac dfrac tfrac sqrt binom hat widehat tilde widetilde bar overline underline vec dot ddot check breve acute
  mathbb mathcal mathbf mathrm mathit mathsf mathtt mathfrak mathscr boldsymbol bm text textit textbf textrm operatorname
  left right big Big bigg Bigg langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert mid parallel
  perp angle triangle ell hbar imath jmath Re Im aleph prime quad qquad`.split(/\s+/),
);

/**
 * Commands allowed only inside a group, because they apply up to its end. Outside a group, some readers of BibTeX apply
 * them to the rest of the file.
 */
const SWITCHES = new Set(['rm', 'bf', 'it', 'cal', 'sf', 'tt']);

/** A comment, a parameter, a column, an open end; and commands of one sign that are not spaces or signs. */
const FORBIDDEN = /^(?:[%#&~$\n\r]|\\(?:[^,;:!|_%&# ]|$))/;

/**
 * Whether a formula, its dollar signs included, can go into a file for LaTeX as it is: its brackets are in order for
 * BibTeX, and nothing in it reads files, runs programs or defines commands.
 */
export function isHarmlessFormula(formula: string): boolean {
  // Two carets are another way to write any character, the backslash too.
  if (formula.includes('^^')) return false;
  const open = { '{': 0, '\\{': 0 };
  for (const [token, name] of formula.slice(1, -1).matchAll(/\\(?:([a-zA-Z]+)|[^a-zA-Z]|$)|[\s\S]/g)) {
    if (name !== undefined) {
      if (!HARMLESS.has(name) && !(SWITCHES.has(name) && open['{'] > 0)) return false;
    } else if (token === '{' || token === '\\{') open[token]++;
    else if (token === '}' || token === '\\}') {
      if (--open[token === '}' ? '{' : '\\{'] < 0) return false;
    } else if (FORBIDDEN.test(token)) return false;
  }
  return open['{'] === 0 && open['\\{'] === 0;
}
