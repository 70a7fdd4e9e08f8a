import { Argument, Command } from 'commander';
import { PaperSearchError } from '../../errors.ts';
import { SCOPES, type Scope } from '../../serve/access/access.ts';
import type { TokenInfo } from '../../serve/access/tokens.ts';
import { kebabCase } from '../../util/kebab-case.ts';
import { jsonText } from '../json-text.ts';
import { expectIndex } from '../open-engine.ts';
import { indexOption, instant, jsonOption, listOf, wholeNumber } from '../options.ts';
import { type PlaceOptions, placeOf } from '../place.ts';

const ACTIONS = ['create', 'list', 'revoke'] as const;
type Action = (typeof ACTIONS)[number];

interface Options extends PlaceOptions {
  readonly json?: boolean;
  readonly scope?: readonly Scope[];
  readonly expires?: Date;
  readonly rate?: number;
  readonly maxBytes?: number;
}

/** Options that only `create` has. */
const OF_CREATE = ['scope', 'expires', 'rate', 'maxBytes'] as const satisfies readonly (keyof Options)[];

/** `paper-search token`: who may use a served index over HTTP, and for what. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('create, list and revoke tokens, which allow changes of an index over HTTP')
    .addArgument(new Argument('<action>', 'what to do').choices(ACTIONS))
    .argument('[name]', 'name of the token: who or what will use it')
    .option(
      '--scope <scopes>',
      `create: what it allows, separated by commas: ${SCOPES.join(', ')}`,
      listOf(SCOPES),
    )
    .option(
      '--expires <date>',
      'create: when it expires: a day or an instant in UTC (default: never)',
      instant,
    )
    .option('--rate <n>', 'create: requests per minute (default: only that of the server)', wholeNumber(1))
    .option(
      '--max-bytes <n>',
      'create: limit of the body of a request in bytes (default: only that of the server)',
      wholeNumber(1),
    )
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
A token belongs to one index: add allows adding and removing papers, review allows changing collections, watches and
reviews, read allows searching where "serve --private" asks for a token, and admin allows everything. A running server
knows new and revoked tokens at once. "create" prints the token once; only its digest is stored. The name of a token is
recorded with each change, in kept/audit/ in the folder of the index.

Examples:
  $ paper-search token create anna --scope add,review --expires 2027-06-30
  $ paper-search token create importer --scope add --rate 60 --max-bytes 1000000 > token
  $ paper-search token list
  $ paper-search token revoke anna`,
    )
    .action(async (action: Action, name: string | undefined, options: Options) => {
      expectFit(action, name, options);
      const { Tokens } = await import('../../serve/access/tokens.ts');
      const { index, json, scope: scopes = [], expires, rate, maxBytes } = options;
      await expectIndex(placeOf(options));
      const tokens = await Tokens.open(index, { onNotice: (text) => process.stderr.write(`${text}\n`) });
      const print = (value: unknown, text: string) =>
        process.stdout.write(`${json ? jsonText(value) : text}\n`);
      if (action === 'list') {
        const found = await tokens.list();
        print(found, found.length === 0 ? `"${index}" has no tokens.` : renderTokens(found));
      } else if (action === 'create') {
        const token = await tokens.create({ name: name!, scopes, expires, rate, maxBytes });
        print({ name, scopes, expires, rate, maxBytes, token }, token);
        process.stderr.write('Keep this token: it is not stored and cannot be shown again.\n');
      } else {
        await tokens.revoke(name!);
        print(
          { name, revoked: true },
          `Revoked "${name}". Requests with this token are refused from now on.`,
        );
      }
    });
}

function expectFit(action: Action, name: string | undefined, options: Options): void {
  const unfit = OF_CREATE.find((option) => options[option] !== undefined);
  if (action !== 'create' && unfit !== undefined) {
    throw new PaperSearchError('BAD_REQUEST', `--${kebabCase(unfit)} is only for "token create".`);
  }
  if (action === 'list' ? name !== undefined : name === undefined) {
    const usage = action === 'list' ? 'takes no name' : `needs the name of a token: token ${action} NAME`;
    throw new PaperSearchError('BAD_REQUEST', `"token ${action}" ${usage}.`);
  }
  if (action === 'create' && options.scope === undefined) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `Say what the token allows: --scope with some of ${SCOPES.join(', ')}, separated by commas.`,
    );
  }
}

/** A table of tokens. */
function renderTokens(tokens: readonly TokenInfo[]): string {
  const rows = tokens.map(({ name, scopes, created, expires, state, revoked, rate, maxBytes }) => [
    name,
    scopes.join(','),
    state === 'revoked' ? `revoked ${day(revoked)}` : state,
    `created ${day(created)}`,
    `expires ${expires === undefined ? 'never' : expires}`,
    [
      ...(rate === undefined ? [] : [`${rate} requests a minute`]),
      ...(maxBytes === undefined ? [] : [`bodies up to ${maxBytes} bytes`]),
    ].join(', '),
  ]);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const day = (at: string | undefined) => at?.slice(0, 10) ?? '';
