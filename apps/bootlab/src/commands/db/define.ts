import { Command, Option } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';

const service = () => new Option('--service <name>', 'only this one').choices(['nova', 'glance']);

/** `db sync` and `db version`. */
export function defineDb(program: Command): void {
  const db = group(program, 'db', "look after nova's and glance's databases, as nova-manage and glance-manage do");

  leaf(db, 'sync', 'bring the schemas up to date', [['bootlab db sync --service glance', "glance's database alone"]])
    .addOption(service())
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./manage')).syncDatabases));

  leaf(db, 'version', 'print the last migration of each database', [['bootlab db version', 'both databases']])
    .addOption(service())
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./manage')).showVersions));
}
