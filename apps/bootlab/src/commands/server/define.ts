import type { Command } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';

/** `server list`, `server show`, `server delete`. */
export function defineServer(program: Command): void {
  const server = group(program, 'server', 'look at and delete the servers that were booted');

  leaf(server, 'list', 'list the servers', [['bootlab server list', 'of all projects']])
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./list')).listServers));

  leaf(server, 'show', 'show one server, and why it failed if it did', [['bootlab server show demo', 'by name or id']])
    .argument('<server>', 'name or id')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./show')).showServer));

  leaf(server, 'delete', 'delete servers', [['bootlab server delete demo web-1 web-2', 'by name or id']])
    .argument('<server...>', 'names or ids')
    .action(lazily(async () => (await import('./delete')).deleteServers));
}
