/**
 * Filler phrases that people write around a topic. Each pattern removes a prefix or a suffix; they are tried until
 * none matches. A word for papers is removed only with a connecting word ("papers about", "papers by"), so that a topic
 * ("paper recycling") stays.
 */
const QUALITIES = String.raw`(?:(?:a|an|one|research|academic|scientific|recent|new|some|any|more|the|best|good|relevant|related|all|interesting|latest)\s+)*`;
const WORKS = `${QUALITIES}(?:papers?|articles?|works?|publications?|studies|study|research|literature|abstracts?|talks?|posters?|preprints?|results?|anything|something|everything|stuff)`;
// Not "studies by" or "results by", which a method may follow.
const BY = String.raw`${QUALITIES}(?:papers?|articles?|publications?|preprints?|works?|talks?|posters?)\s+(?:(?:that\s+(?:are|were)\s+)?(?:written|authored|published|presented)\s+)?(?:either\s+|both\s+)?by(?:\s+either|\s+both)?`;
const LINK = String.raw`(?:(?:that|which)\s+(?:are|is)\s+)?(?:about|on\s+the\s+(?:topic|subject)\s+of|on|regarding|concerning|covering|discussing|addressing|studying|exploring|investigating|describing|dealing\s+with|related\s+to|relating\s+to|that\s+(?:(?:deal|deals)\s+with|discuss(?:es)?|study|studies|address(?:es)?|cover(?:s)?|explore(?:s)?|investigate(?:s)?|describe(?:s)?|are\s+about|is\s+about)|which\s+(?:discuss(?:es)?|address(?:es)?|study|studies))`;
const ASK = String.raw`(?:please\s+)?(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?)?(?:show|find|give|get|list|fetch|recommend|suggest|tell|search|look)(?:\s+(?:me|us))?(?:\s+for)?`;
const WANT = String.raw`(?:i\s*(?:am|['’]m)\s+(?:looking|searching)\s+for|(?:i\s*(?:am|['’]m)|we\s*(?:are|['’]re))\s+interested\s+in|(?:i|we)\s+(?:want|need|would\s+like)(?:\s+to\s+(?:find|see|read|know))?)`;
// Without a subject these may begin a title: "Searching for Activation Functions".
const SEEK = String.raw`(?:looking|search(?:ing)?)\s+for`;
const THERE = String.raw`(?:is|are|was|were)\s+there|(?:do\s+)?(?:you|we)\s+have|who\s+(?:works|worked)\s+on|what\s+(?:is|has\s+been)\s+(?:known|written|done)\s+(?:about|on)`;

const PREFIXES = [
  // "show me", "could you find", "I am looking for", "are there", each with works and a link after it or not.
  new RegExp(`^(?:${ASK}|${WANT}|${SEEK}|${THERE})\\s+(?:${WORKS}\\s+${LINK}\\s+|about\\s+)`, 'i'),
  new RegExp(`^(?:which|what)\\s+(?:${WORKS})\\s+(?:are\\s+(?:there\\s+)?)?${LINK}\\s+`, 'i'),
  new RegExp(
    `^(?:which|what)\\s+(?:${WORKS})\\s+(?:discuss(?:es)?|study|studies|address(?:es)?|cover|explore|investigate|describe)\\s+`,
    'i',
  ),
  new RegExp(`^${WORKS}\\s+${LINK}\\s+`, 'i'),
  new RegExp(`^(?:(?:${ASK}|${WANT}|${SEEK}|${THERE}|which|what)\\s+)?${BY}\\s+`, 'i'),
  new RegExp(`^(?:${WANT}|(?:please\\s+)?(?:show|find|give)\\s+(?:me|us))\\s+`, 'i'),
  /^(?:what|who|where)(?:\s+(?:is|are|was|were)|['’]s|['’]re)\s+(?:(?:a|an|the)\s+)?/i,
  /^(?:tell\s+me\s+(?:more\s+)?)?about\s+/i,
];

const SUFFIXES = [/ (?:papers?|articles?|publications?|please)$/i];
const CLOSING_MARKS = new Set([...' ?!.…,;:']);

/**
 * The topic of a question, without filler phrases: "show me work on self-improvement" gives "self-improvement".
 * A text that is only filler, or has none, is returned with single blanks.
 */
export function contentOf(question: string): string {
  // Single blanks: so the patterns have one way to match them, and long runs of blanks cost nothing.
  const trimmed = question.replace(/\s+/gu, ' ').trim();
  let content = trimmed;
  for (let before = ''; before !== content; ) {
    before = content;
    content = withoutClosingMarks(content) || content;
    for (const pattern of [...PREFIXES, ...SUFFIXES]) {
      const stripped = content.replace(pattern, '').trim();
      if (stripped !== '') content = stripped;
    }
  }
  return content;
}

function withoutClosingMarks(text: string): string {
  let end = text.length;
  while (end > 0 && CLOSING_MARKS.has(text[end - 1]!)) end--;
  return text.slice(0, end);
}
