import type { Command } from 'commander';
import { lazily, leaf } from '../../cli/leaf';
import { natural, positive } from '../../cli/parsers';

/** `up`, `down`, `status`, `logs`. */
export function defineLab(program: Command): void {
  leaf(program, 'up', 'start the lab and keep it up until Ctrl-C', [
    ['bootlab up', 'in the foreground'],
    ['bootlab up --detach', 'in the background; stop it with `bootlab down`'],
    ['bootlab up --hosts 3', 'with three compute hosts; `bootlab host list` shows them'],
    ['bootlab up --jaeger', 'with a real Jaeger that has every trace; without network the lab goes on alone'],
    ['BOOTLAB_HOME=/tmp/lab2 bootlab up', 'a second lab (give its services other ports)'],
  ])
    .option('-d, --detach', 'return once the lab is ready and leave it running')
    .option('--hosts <number>', 'compute hosts, each a process of its own', positive)
    .option('--jaeger', 'have a real Jaeger beside it: one that answers, a program, its release, or Docker')
    .option('--jaeger-ui <folder>', "serve Jaeger's page from the static files in this folder")
    .action(lazily(async () => (await import('./up')).up));

  leaf(program, 'down', 'stop the lab and wait until it is gone', [
    ['bootlab down', 'stop the lab of BOOTLAB_HOME'],
  ]).action(lazily(async () => (await import('./down')).down));

  leaf(program, 'status', 'show the services: exit code 0 when all are up, 3 otherwise', [
    ['bootlab status', 'a table'],
    ['bootlab status --json', 'the same as data'],
  ])
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./status')).status));

  leaf(program, 'logs', 'show what the services logged', [
    ['bootlab logs', 'the last lines of every service, by time'],
    ['bootlab logs compute-manager -f', 'follow one service'],
    ['bootlab logs glance-api -n 0 -f --json', 'new lines only, as they were written'],
  ])
    .argument('[service]', 'one service; `bootlab status` lists them')
    .option('-f, --follow', 'go on with new lines until Ctrl-C')
    .option('-n, --lines <number>', 'lines to show from the end of each log', natural, 50)
    .option('--json', 'print the lines as they were written, as JSON')
    .action(lazily(async () => (await import('./logs')).logs));
}
