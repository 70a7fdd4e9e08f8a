import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { relatedCommand } from '../../src/cli/commands/related.ts';
import { searchCommand } from '../../src/cli/commands/search.ts';
import { FILTER_NAMES } from '../../src/papers/fields.ts';

/** What a command makes of its arguments, without being run. */
async function parsed(command: Command, ...args: string[]) {
  let words: unknown;
  command.exitOverride().action((given: string[]) => {
    words = given;
  });
  await new Command('paper-search')
    .addCommand(command)
    .parseAsync([command.name(), ...args], { from: 'user' });
  return { words, ...command.opts() };
}

/** What a command writes about arguments that it does not take. */
async function complaint(...args: string[]): Promise<string> {
  let text = '';
  const command = searchCommand().configureOutput({
    writeErr: (part) => {
      text += part;
    },
  });
  await expect(parsed(command, ...args)).rejects.toThrow();
  return text;
}

describe('options take one value and leave later words to the query', () => {
  test.each<[args: string, options: object]>([
    ['--venue ICLR diffusion models', { venue: ['ICLR'], words: ['diffusion', 'models'] }],
    ['--venue ICLR --venue CVPR diffusion', { venue: ['ICLR', 'CVPR'], words: ['diffusion'] }],
    ['--author Lee --keyword nlp --area cs.LG --session oral graph', { author: ['Lee'], words: ['graph'] }],
    ['--facets venue,year diffusion', { facets: ['venue', 'year'], words: ['diffusion'] }],
    ['--facets venue --facets year,venue diffusion', { facets: ['venue', 'year'], words: ['diffusion'] }],
    ['--has abstract graph', { has: ['abstract'], words: ['graph'] }],
    ['--has abstract,pdf graph', { has: ['abstract', 'pdf'], words: ['graph'] }],
    ['-n 3 -- diffusion -video', { limit: 3, words: ['diffusion', '-video'] }],
  ])('search %s', async (args, options) => {
    expect(await parsed(searchCommand(), ...args.split(' '))).toMatchObject(options);
  });

  test('related: each --not takes one id', async () => {
    const one = await parsed(relatedCommand(), 'A', '--not', 'B', 'C');
    expect(one).toMatchObject({ words: ['A', 'C'], not: ['B'] });
    const two = await parsed(relatedCommand(), 'A', '--not', 'B', '--not', 'C');
    expect(two).toMatchObject({ words: ['A'], not: ['B', 'C'] });
  });
});

test.each([
  ['--no-fallback', { fallback: false, secondLook: true }],
  ['--no-second-look', { fallback: true, secondLook: false }],
])('reads %s', async (option, options) => {
  expect(await parsed(searchCommand(), option, 'graph')).toMatchObject(options);
});

test('hides the deprecated --no-second-look from the help', () => {
  expect(searchCommand().helpInformation()).toContain('--no-fallback');
  expect(searchCommand().helpInformation()).not.toContain('--no-second-look');
});

test.each([
  ['--facets', 'venue,colour'],
  ['--has', 'nothing'],
])('%s %s is refused, with what is allowed', async (...args) => {
  expect(await complaint(...args, 'graph')).toMatch(/Allowed choices are .*, separated by commas/);
});

test.each(['-video', '-noise'])('a minus sign outside quotation marks is explained: %s', async (word) => {
  expect(await complaint('diffusion', word)).toContain('quotation marks');
});

test('does not explain minus signs for an invalid number', async () => {
  const said = await complaint('diffusion', '-n', '0');
  expect(said).toContain('at least 1');
  expect(said).not.toContain('quotation marks');
});

test('does not explain minus signs for a mistyped long option', async () => {
  expect(await complaint('diffusion', '--vneue', 'x')).not.toContain('quotation marks');
});

test.each([
  ['--year', 'soon', '2020..2024'],
  ['--year', '2024..2020', 'the earlier year first'],
  ['--within', '1,2,3,4', '3 to 400 corners'],
])('%s %s is refused before an index is opened', async (option, value, expected) => {
  const said = await complaint('graph', option, value);
  expect(said).toContain(option);
  expect(said).toContain(value);
  expect(said).toContain(expected);
});

test('takes every filter that is declared, those of the map too', async () => {
  const values = {
    year: '2020..',
    citations: '>=5',
    references: '3',
    added: '>=2026-11-30',
    changed: '..2026-11',
    has: 'pdf',
    within: '0,0,9,0,0,9',
  };
  const given = FILTER_NAMES.flatMap((name) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    name in values ? values[name as keyof typeof values] : 'x',
  ]);
  const options = await parsed(searchCommand(), ...given);
  expect(options).toMatchObject({
    year: { from: 2020, to: undefined },
    added: { from: Date.UTC(2026, 10, 30), to: undefined },
    venue: ['x'],
    cluster: ['x'],
    has: ['pdf'],
    within: [
      [0, 0],
      [9, 0],
      [0, 9],
    ],
  });
  for (const name of FILTER_NAMES) expect(options).toHaveProperty(name);
});
