import { userInfo } from 'node:os';
import { Argument, Command, Option } from 'commander';
import { READ_STATES, type ReadState, SEED_ROLES, type SeedRole } from '../../collections/collection.ts';
import { COLLECTION_ACTIONS, type CollectionAction, expectOptions } from '../collection-actions.ts';
import { jsonText } from '../json-text.ts';
import { collected, indexOption, jsonOption, wholeNumber } from '../options.ts';
import { type PlaceOptions, placeAndOthers } from '../place.ts';
import type { CollectionOptions } from '../run-collection.ts';

/** Formats of `collection export`; a test compares them with those there are. */
export const EXPORT_CHOICES = ['json', 'bibtex', 'ris', 'csl-json', 'zotero-rdf'] as const;

interface Options extends CollectionOptions, PlaceOptions {
  readonly json?: boolean;
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  readonly state?: ReadState;
  readonly role?: SeedRole;
}

/** `paper-search collection`: papers that are kept with notes. */
export function collectionCommand(): Command {
  return new Command('collection')
    .description('keep papers with notes, tags, read states and ratings')
    .addArgument(new Argument('<action>', 'what to do').choices(Object.keys(COLLECTION_ACTIONS)))
    .argument('[collection]', 'id or name of the collection')
    .argument('[value...]', 'ids of papers (- for standard input), or the file to import')
    .option('--note <text>', 'add, set: the note; an empty text removes it')
    .option('--tag <tag>', 'add, set: a tag; may be repeated. show: only papers with it', collected)
    .option('--untag <tag>', 'set: a tag to remove; may be repeated', collected)
    .addOption(
      new Option('--state <state>', 'add, set: how far it is read. show: only these').choices(READ_STATES),
    )
    .option('--rating <n>', 'add, set: from 1 to 5; 0 removes it', wholeNumber(0, 5))
    .addOption(
      new Option('--role <role>', 'add, set: more or less like it, when related papers are searched').choices(
        SEED_ROLES,
      ),
    )
    .option('--description <text>', 'new: what it is for')
    .addOption(new Option('--format <name>', 'export: the format (default: json)').choices(EXPORT_CHOICES))
    .option('--label <text>', 'share: what the link is for')
    .option('--without-notes', 'share: show only the papers')
    .option('--revoke <id>', 'share: revoke a link')
    .option('--deleted', 'list: also show deleted collections')
    .option('--by <name>', 'who does it (default: the user of this machine)')
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Actions:
${Object.entries(COLLECTION_ACTIONS)
  .map(([name, { usage, what }]) => `  ${`${name} ${usage}`.trim().padEnd(34)}${what}`)
  .join('\n')}

A collection is a log in kept/collections/ in the folder of the index. A running server uses the same files.

Examples:
  $ paper-search collection new "Self-improvement"
  $ paper-search collection add self-improvement arxiv:2101.11408 --note "Compare with ours" --tag method
  $ paper-search search self-improvement --format jsonl | paper-search collection add self-improvement -
  $ paper-search collection set self-improvement arxiv:2101.11408 --state read --rating 4
  $ paper-search collection export self-improvement --format bibtex > self-improvement.bib`,
    )
    .action(async (action: CollectionAction, name: string | undefined, values: string[], given: Options) => {
      const { place, others } = placeAndOthers(given);
      const { json, ...options } = others;
      expectOptions(action, name, values, options);
      const { runCollection } = await import('../run-collection.ts');
      const by = options.by ?? userInfo().username;
      const { value, text } = await runCollection(action, name ?? '', values, place, {
        ...options,
        by,
      });
      if (text !== '' || json) process.stdout.write(json ? `${jsonText(value)}\n` : text);
    });
}
