import type { Command } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';

/** `host list`. */
export function defineHost(program: Command): void {
  const host = group(program, 'host', 'look at the compute hosts');

  leaf(host, 'list', 'list the compute hosts: whether they are up, and what is free of them', [
    ['bootlab host list', 'a host is down once it has not reported for `service_down_time`'],
    ['bootlab host list --json', 'the same as data'],
  ])
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./list')).listHosts));
}
