import supportsHyperlinks from 'supports-hyperlinks';

/** Whether an address is one of the web: no other is opened or linked to. */
export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

/**
 * A text that leads to a web page where it is clicked (OSC 8), in a terminal that can show one; else the text alone.
 * @param address linked to only when it is one of the web. It is percent-encoded, so that it holds no control character.
 */
export function linked(text: string, address: string | undefined, can = supportsHyperlinks.stdout): string {
  if (!can || address === undefined || !isWebAddress(address)) return text;
  return `\u001b]8;;${new URL(address).href}\u001b\\${text}\u001b]8;;\u001b\\`;
}
