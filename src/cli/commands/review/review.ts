import { Command } from 'commander';
import { decidingCommands } from './deciding.ts';
import { protocolCommands } from './protocol.ts';
import { readingCommands } from './reading.ts';
import { recordCommands } from './records.ts';
import { simulateCommand } from './simulate.ts';

/** `paper-search review`: screening for systematic reviews, with a command for each thing to do. */
export function reviewCommand(): Command {
  const review = new Command('review')
    .description('screen papers for a systematic review, from a question to a PRISMA diagram')
    .addHelpText(
      'after',
      `
A review is a folder in kept/reviews/ in the folder of the index: its log, which is only appended to, and the papers that it
is about. A running server uses the same files. "paper-search review COMMAND --help" has the options of a command.

Examples:
  $ paper-search review new "School gardens" --question "Do school gardens change what children eat?" --criteria criteria.md
  $ paper-search review screen school-gardens
  $ paper-search review progress school-gardens
  $ paper-search review prisma school-gardens --out prisma.svg`,
    );
  const commands = [
    ...protocolCommands(),
    ...readingCommands(),
    ...decidingCommands(),
    ...recordCommands(),
    simulateCommand(),
  ];
  for (const command of commands) review.addCommand(command);
  return review;
}
