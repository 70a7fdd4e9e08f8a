/** Commands of LaTeX and their characters, in pairs. */
function table(pairs: string): ReadonlyMap<string, string> {
  const words = pairs.trim().split(/\s+/);
  return new Map(words.flatMap((name, i) => (i % 2 === 0 ? [[name, words[i + 1]!] as const] : [])));
}

/** Letters and signs that are set without space around them. */
export const SIGNS = table(`
  alpha α beta β gamma γ delta δ epsilon ε varepsilon ε eps ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ
  mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
  Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
  ell ℓ hbar ℏ imath ı jmath ȷ aleph ℵ Re Re Im Im wp ℘ R ℝ N ℕ Z ℤ reals ℝ Reals ℝ real ℝ
  infty ∞ partial ∂ nabla ∇ prime ′ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ angle ∠
  triangle △ square □ Box □ diamond ⋄ bot ⊥ top ⊤ dagger † ddagger ‡ star ⋆ ast ∗ circ ∘ bullet • degree °
  sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂
  ldots … dots … dotsc … dotsb … cdots ⋯ vdots ⋮ ddots ⋱ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉
  lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ lbrace { rbrace } lbrack [ rbrack ] backslash \\ checkmark ✓
  textalpha α textbeta β textmu μ textdegree ° textbackslash \\ textasciitilde ~ textasciicircum ^ textbraceleft {
  textbraceright } textdollar $ textless < textgreater > textbar | textunderscore _ textendash – textemdash —
  textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” textbullet • texttimes × textregistered ®
  texttrademark ™ copyright © pounds £ S § P ¶ LaTeX LaTeX TeX TeX ie i.e. eg e.g. etal et␣al.
`);

/** Operators and relations, which have space around them between two terms. */
export const OPERATORS = table(`
  times × cdot · div ÷ pm ± mp ∓ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ wedge ∧ land ∧ vee ∨ lor ∨ cap ∩ cup ∪
  setminus ∖ le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ cong ≅ propto ∝
  asymp ≍ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆
  supset ⊃ supseteq ⊇ to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← longleftarrow ⟵ leftrightarrow ↔
  Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦ hookrightarrow ↪ uparrow ↑ downarrow ↓
  nearrow ↗ searrow ↘ rightleftharpoons ⇌ leadsto ⇝ mid ∣ nmid ∤ parallel ∥ perp ⊥ vdash ⊢ models ⊨
  because ∵ therefore ∴ triangleq ≜ doteq ≐ coloneqq ≔ vartriangle △
`);

/** Names of functions, and of operators that papers define as such. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  `arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min
  mod Pr sec sin sinh sup tan tanh argmin argmax poly polylog rank opt OPT`.split(/\s+/),
);

/** Commands of LaTeX whose argument is shown as it is. */
export const WRAPPERS: ReadonlySet<string> = new Set(
  `text textit textbf textsl emph textrm texttt textsf textsc textup textmd textnormal textlf mbox hbox fbox boxed ensuremath underline uline ul
  overline widehat widetilde mathrm mathbf mathit mathsf mathtt mathcal mathfrak mathscr mathnormal mathds boldsymbol bm
  pmb mathop mathbin mathrel mathord mathopen mathclose smash url path nolinkurl textsuperscript textsubscript
  underbrace overbrace overrightarrow sout st mathbb`.split(/\s+/),
);

/** Commands with how many arguments of theirs are not shown: keys, lengths, colours. */
export const HIDDEN_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ...['hspace', 'vspace', 'phantom', 'vphantom', 'hphantom', 'label', 'color', 'begin', 'end'].map(
    (name) => [name, 1] as const,
  ),
  ['textcolor', 1],
  ['colorbox', 1],
  ['href', 1],
  ['raisebox', 1],
]);

/** Commands that change how what follows looks, and say nothing. */
export const SILENT: ReadonlySet<string> = new Set(
  `displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits rm bf it sf tt sc sl em cal mit bb normalfont small
  tiny scriptsize footnotesize large Large left right middle big bigl bigr bigm Big Bigl Bigr bigg biggl biggr Bigg
  Biggl Biggr noindent centering protect xspace nobreak allowbreak hfill left right relax ignorespaces
  itshape bfseries scshape ttfamily rmfamily sffamily`.split(/\s+/),
);

/** Commands that are a blank. */
export const BLANKS: ReadonlySet<string> = new Set(
  `quad qquad space enspace thinspace nobreakspace newline linebreak par`.split(/\s+/),
);

/** The combining character of an accent over its argument. */
export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', '\u0302'],
  ['widehat', '\u0302'],
  ['tilde', '\u0303'],
  ['Tilde', '\u0303'],
  ['widetilde', '\u0303'],
  ['bar', '\u0304'],
  ['overline', '\u0305'],
  ['underline', '\u0332'],
  ['vec', '\u20d7'],
  ['dot', '\u0307'],
  ['ddot', '\u0308'],
  ['check', '\u030c'],
  ['breve', '\u0306'],
  ['acute', '\u0301'],
  ['grave', '\u0300'],
  ['mathring', '\u030a'],
]);

/** Double-struck letters that every font has; others are plain letters. */
export const DOUBLE_STRUCK: Readonly<Record<string, string>> = {
  C: 'ℂ',
  H: 'ℍ',
  N: 'ℕ',
  P: 'ℙ',
  Q: 'ℚ',
  R: 'ℝ',
  Z: 'ℤ',
};

function scripts(plain: string, set: string): ReadonlyMap<string, string> {
  const characters = [...set];
  return new Map([...plain].map((character, i) => [character, characters[i]!]));
}

/** Characters that Unicode has raised. */
export const SUPERSCRIPTS = scripts(
  '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ',
);
/** Characters that Unicode has lowered. */
export const SUBSCRIPTS = scripts(
  '0123456789+-−=()aehijklmnoprstuvxβγρφχ',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ',
);
