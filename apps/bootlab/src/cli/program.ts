import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineBoot } from '../commands/boot/define';
import { defineDb } from '../commands/db/define';
import { defineDemo } from '../commands/demo/define';
import { defineFlavor } from '../commands/flavor/define';
import { defineHop } from '../commands/hop/define';
import { defineHost } from '../commands/host/define';
import { defineImage } from '../commands/image/define';
import { defineJaeger } from '../commands/jaeger/define';
import { defineLab } from '../commands/lab/define';
import { defineNotifications } from '../commands/notifications/define';
import { defineRun } from '../commands/run/define';
import { defineScenario } from '../commands/scenario/define';
import { defineServer } from '../commands/server/define';
import { defineTrace } from '../commands/trace/define';
import { exitCodeHelp } from './exit-codes';

const TOP = join(__dirname, '../../../..');

function version(): string {
  const beside = __dirname.includes(`${join('dist', 'apps')}`) ? join(TOP, '..') : TOP;
  return (JSON.parse(readFileSync(join(beside, 'package.json'), 'utf8')) as { version: string }).version;
}

const ENVIRONMENT = `Environment:
  BOOTLAB_HOME         where the lab keeps its state; .bootlab in the working folder when unset
  BOOTLAB_ETC          where the configuration files are; etc of the project when unset
  BOOTLAB_CACHE        where downloads are kept; bootlab in XDG_CACHE_HOME or ~/.cache when unset
  BOOTLAB_JAEGER_RELEASES  a mirror of https://github.com/jaegertracing to download Jaeger from
  NO_COLOR, FORCE_COLOR  switch colours off or on`;

/** The whole command line. Every action loads what it needs when it runs, so that help answers at once. */
export function makeProgram(): Command {
  const program = new Command('bootlab')
    .description('Boots OpenStack instances along the real path and shows every function they pass.')
    .option('-V, --version', 'print the version')
    .on('option:version', () => {
      process.stdout.write(`${version()}\n`);
      process.exit(0);
    })
    .exitOverride()
    .showHelpAfterError('(`--help` after the command shows how it is used.)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'bootlab: ')) });
  program.commandsGroup('The lab:');
  defineLab(program);
  defineDemo(program);
  program.commandsGroup('OpenStack:');
  defineImage(program);
  defineFlavor(program);
  defineBoot(program);
  defineServer(program);
  defineHost(program);
  defineDb(program);
  defineNotifications(program);
  program.commandsGroup('Scenarios:');
  defineRun(program);
  defineScenario(program);
  program.commandsGroup('The path:');
  defineTrace(program);
  defineJaeger(program);
  defineHop(program);
  program.commandsGroup('Help:').helpCommand('help [command]', 'show how a command is used');
  return program.addHelpText('after', `\n${exitCodeHelp()}\n\n${ENVIRONMENT}`);
}
