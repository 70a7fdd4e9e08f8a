import { dirname, join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { PaperSearchError } from '../../errors.ts';
import { type ConfigFile, type Mistake, readConfigFile } from './config-file.ts';
import { SETTINGS, type Setting, valueOfText, variableOf } from './settings.ts';

/** Name of the project's file, in the working folder. */
const PROJECT_FILE = 'paper-search.config.json';

/** A setting's value and where it was set: an environment variable, a file, or undefined for the default. */
export interface ConfigValue {
  readonly setting: Setting;
  readonly value: unknown;
  readonly from: string | undefined;
}

/** All settings made outside the command line. */
export interface Config {
  /** One a setting, in the order of SETTINGS. */
  readonly values: readonly ConfigValue[];
  /** The files that were looked for, highest precedence first. */
  readonly files: readonly { readonly file: string; readonly found: boolean }[];
  readonly mistakes: readonly Mistake[];
}

/** Where settings are looked for. */
export interface ConfigPlaces {
  readonly cwd: string;
  /** Folder of the user's file, `config.json`. */
  readonly userFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The places for this process. */
export function configPlaces(): ConfigPlaces {
  return {
    cwd: process.cwd(),
    userFolder: envPaths('paper-search', { suffix: '' }).config,
    env: process.env,
  };
}

/**
 * Reads the settings. Precedence: environment variables (`PAPER_SEARCH_*`), the project's file in the working folder,
 * the user's file, the defaults. An invalid value is reported as a mistake and ignored.
 */
export async function readConfig({ cwd, userFolder, env }: ConfigPlaces): Promise<Config> {
  const project = await readConfigFile(join(cwd, PROJECT_FILE));
  const user = await readConfigFile(join(userFolder, 'config.json'));
  const mistakes: Mistake[] = [];
  for (const { file, content, mistakes: inFile } of [project, user]) {
    const known = SETTINGS.map(({ name }) => name);
    const unknown = Object.keys(content).filter((name) => !known.includes(name));
    mistakes.push(
      ...inFile,
      ...unknown.map((name) => ({
        place: `${file}: ${name}`,
        problem: `Unknown setting. Known settings: ${known.join(', ')}.`,
      })),
    );
  }
  const values = SETTINGS.map((setting): ConfigValue => {
    const sound = givenIn(setting, env, [project, user]).filter(({ value, from }) => {
      if (setting.schema.safeParse(value).success) return true;
      const got = JSON.stringify(value);
      mistakes.push({ place: from, problem: `Expected ${setting.expected}, got ${got}.` });
      return false;
    });
    const [first] = sound;
    if (!first) return { setting, value: setting.default, from: undefined };
    const fromUser = setting.isPath && first.file === user.file;
    return {
      setting,
      value: fromUser ? resolve(dirname(user.file), String(first.value)) : first.value,
      from: first.file ?? first.from,
    };
  });
  return { values, files: [project, user].map(({ file, found }) => ({ file, found })), mistakes };
}

interface Given {
  readonly value: unknown;
  /** For messages. */
  readonly from: string;
  readonly file?: string;
}

/** The values of a setting, highest precedence first. An empty variable is ignored. */
function givenIn(setting: Setting, env: ConfigPlaces['env'], files: readonly ConfigFile[]): Given[] {
  const variable = variableOf(setting);
  const text = env[variable];
  return [
    ...(text ? [{ value: valueOfText(text, setting), from: variable }] : []),
    ...files
      .filter(({ content }) => Object.hasOwn(content, setting.name))
      .map(({ file, content }) => ({ value: content[setting.name], from: `${file}: ${setting.name}`, file })),
  ];
}

/** @throws PaperSearchError BAD_REQUEST that names every mistake with its place. */
export function expectSound({ mistakes }: Config): void {
  if (mistakes.length === 0) return;
  const list = mistakes.map(({ place, problem }) => `  ${place}: ${problem}`).join('\n');
  throw new PaperSearchError('BAD_REQUEST', `The configuration has mistakes:\n${list}`, {
    details: { mistakes },
  });
}
