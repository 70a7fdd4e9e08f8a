import { type Command, InvalidArgumentError, Option } from 'commander';
import { FILTER_FIELDS, type FilterField, HAS_VALUES } from '../papers/fields.ts';
import { EXPECTED_CORNERS, readCorners } from '../search/match/corners.ts';
import { RANGES } from '../search/match/ranges.ts';
import { kebabCase } from '../util/kebab-case.ts';
import { collected, listOf } from './options.ts';

/**
 * Adds an option for each field that papers can be filtered by. Each takes one value, so that the words after it are
 * the query's, and refuses a wrong value before an index is opened.
 */
export function addFilterOptions(command: Command): Command {
  for (const field of FILTER_FIELDS) command.addOption(filterOption(field));
  return command;
}

function filterOption(field: FilterField): Option {
  const placeholder = 'placeholder' in field ? field.placeholder : 'name';
  const option = (description: string) =>
    new Option(`--${kebabCase(field.name)} <${placeholder}>`, description);
  switch (field.kind) {
    case 'number': {
      const { read, expected } = RANGES[field.unit];
      return option(field.description).argParser(readBy(read, expected));
    }
    case 'flags':
      return option(`${field.description}, all of several: ${HAS_VALUES.join(',')}`).argParser(
        listOf(HAS_VALUES),
      );
    case 'outline':
      return option(field.description).argParser(readBy(readCorners, EXPECTED_CORNERS));
    case 'values':
    case 'cluster':
      return option(`${field.description}; repeated: any of them`).argParser(collected);
  }
}

/** A parser of an option. @param expected what it takes, for the message about anything else. */
function readBy<T>(reader: (text: string) => T | undefined, expected: string): (text: string) => T {
  return (text) => {
    const value = reader(text);
    if (value !== undefined) return value;
    throw new InvalidArgumentError(`Expected ${expected}.`);
  };
}
