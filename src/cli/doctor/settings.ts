import { messageOf } from '../../errors.ts';
import { readAccessToken } from '../../serve/live/access-token.ts';
import type { Config } from '../config/config.ts';
import { type Check, ok, problem } from './check.ts';

/** The configuration and its mistakes. */
export function configCheck({ files, values, mistakes }: Config): Check {
  if (mistakes.length > 0) {
    const list = mistakes.map(({ place, problem: what }) => `${place}: ${what}`).join(' ');
    return problem(
      'config',
      list,
      'Fix it: no command runs until then. "paper-search config" shows all settings.',
    );
  }
  const found = files.filter((file) => file.found).map(({ file }) => file);
  const set = values.filter(({ from }) => from !== undefined).map(({ setting }) => setting.name);
  return ok(
    'config',
    `${found.join(', ') || 'no file'}; ${set.length > 0 ? `set: ${set.join(', ')}` : 'all defaults'}`,
  );
}

/** Whether papers can be changed over HTTP. The token itself is not shown. */
export async function tokenCheck(file: string | undefined, variable: string | undefined): Promise<Check> {
  try {
    const token = await readAccessToken(file, variable);
    return ok(
      'token',
      token === undefined ? 'not set: "serve" rejects changes' : 'set: "serve" accepts changes',
    );
  } catch (error) {
    return problem('token', messageOf(error), 'Fix --token-file, tokenFile or PAPER_SEARCH_TOKEN.');
  }
}
