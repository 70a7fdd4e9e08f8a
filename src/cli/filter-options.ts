import { type Command, Option } from 'commander';
import { HAS_VALUES } from '../papers/fields.ts';
import { collected, listOf } from './options.ts';

/** Adds the filter options. Each takes one value, so that the words after it are the query's. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(new Option('--year <range>', 'a year or a range: 2023, 2020..2024, ">=2022"'))
    .addOption(new Option('--venue <name>', 'papers of this venue; repeated: of any').argParser(collected))
    .addOption(new Option('--author <name>', 'papers by this person; repeated: by any').argParser(collected))
    .addOption(
      new Option('--keyword <words>', 'papers with this keyword; repeated: with any').argParser(collected),
    )
    .addOption(
      new Option('--area <name>', 'papers of this area or category; repeated: of any').argParser(collected),
    )
    .addOption(
      new Option('--session <name>', 'papers of this session; repeated: of any').argParser(collected),
    )
    .addOption(
      new Option(
        '--has <what>',
        `papers that have this, or all of several: ${HAS_VALUES.join(',')}`,
      ).argParser(listOf(HAS_VALUES)),
    );
}
