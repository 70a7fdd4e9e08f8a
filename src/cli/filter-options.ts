import { type Command, Option } from 'commander';
import type { Filters } from '../matching/filters.ts';
import { HAS_VALUES } from '../query/ast.ts';

/** Adds the options that leave papers out. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(new Option('--year <range>', 'a year or a range: 2023, 2020..2024, ">=2022"'))
    .addOption(new Option('--venue <names...>', 'papers of any of these venues'))
    .addOption(new Option('--author <names...>', 'papers by any of these people'))
    .addOption(new Option('--keyword <words...>', 'papers with any of these keywords'))
    .addOption(new Option('--area <names...>', 'papers of any of these areas or categories'))
    .addOption(new Option('--session <names...>', 'papers of any of these sessions'))
    .addOption(new Option('--has <what...>', 'papers that have all of these').choices(HAS_VALUES));
}

/** The filters among a command's options. */
export function filtersOf({ year, venue, author, keyword, area, session, has }: Filters): Filters {
  return { year, venue, author, keyword, area, session, has };
}
