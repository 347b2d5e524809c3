import { Command, Option } from 'commander';
import type { ExitCode } from './exit-codes';

/** Examples for a command's help: what to type, and what for. */
export type Examples = [line: string, what: string][];

/** A command that does something. Its summary stands in the list of commands, its examples at the end of its help. */
export function leaf(parent: Command, nameAndArguments: string, summary: string, examples: Examples): Command {
  const command = parent.command(nameAndArguments).description(summary);
  command.addOption(new Option('--debug', 'Show the stack of an error.').hideHelp());
  return command.addHelpText('after', exampleHelp(examples));
}

/** A command that only holds others, such as `image`. */
export function group(parent: Command, name: string, summary: string): Command {
  return parent.command(name).description(summary);
}

function exampleHelp(examples: Examples): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, what]) => `  $ ${line.padEnd(width)}  ${what}`);
  return ['', 'Examples:', ...lines, '', 'Exit codes are listed by `bootlab --help`.'].join('\n');
}

/** Makes an action of what a lazily loaded module does, so that `--help` loads none of it. */
export function lazily<Args extends unknown[]>(
  load: () => Promise<(...args: Args) => Promise<ExitCode>>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    process.exitCode = await (await load())(...args);
  };
}
