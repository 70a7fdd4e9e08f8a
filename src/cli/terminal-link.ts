import supportsHyperlinks from 'supports-hyperlinks';

/** Whether an address is http or https: no other address is opened or linked. */
export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

/**
 * A text as a clickable link (OSC 8) in a terminal that supports it; else the plain text.
 * @param address linked only if it is http or https; percent-encoded, so that it contains no control characters.
 */
export function linked(text: string, address: string | undefined, can = supportsHyperlinks.stdout): string {
  if (!can || address === undefined || !isWebAddress(address)) return text;
  return `\u001b]8;;${new URL(address).href}\u001b\\${text}\u001b]8;;\u001b\\`;
}
