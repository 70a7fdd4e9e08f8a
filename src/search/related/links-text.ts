import type { SharedLinks } from './link-similarity.ts';

/** The links between a hit and a seed in words: "cites it", "cited together by 4 papers", "share 6 references". */
export function linksText({ cites, citedBy, citedTogether, sharedReferences }: SharedLinks): string[] {
  return [
    ...(cites ? ['cites it'] : []),
    ...(citedBy ? ['cited by it'] : []),
    ...(citedTogether > 0 ? [`cited together by ${counted(citedTogether, 'paper')}`] : []),
    ...(sharedReferences > 0 ? [`share ${counted(sharedReferences, 'reference')}`] : []),
  ];
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
