import type { Command } from 'commander';
import { lazily, leaf } from '../../cli/leaf';
import { positive } from '../../cli/parsers';

/** `notifications`. */
export function defineNotifications(program: Command): void {
  leaf(program, 'notifications', 'show what nova and glance tell the world over the broker', [
    ['bootlab notifications', 'the latest that the queues keep; they stay there'],
    ['bootlab notifications -f', 'each one as it is sent, until Ctrl-C'],
    ['bootlab notifications -f --json | jq .event_type', 'one notification a line, as data'],
  ])
    .option('-f, --follow', 'show what comes from now on instead')
    .option('-n, --lines <number>', 'how many at most, the latest', positive, 100)
    .option('--json', 'print each as a line of JSON, whole')
    .action(lazily(async () => (await import('./notifications')).notifications));
}
