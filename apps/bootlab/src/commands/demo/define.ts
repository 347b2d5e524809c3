import type { Command } from 'commander';
import { lazily, leaf } from '../../cli/leaf';

/** `demo`. */
export function defineDemo(program: Command): void {
  leaf(program, 'demo', 'start the lab, boot one server, show its trace and stay up', [
    ['bootlab demo', 'what `npm start` does; Ctrl-C ends it'],
    ['bootlab demo --once', 'stop afterwards and end with the result of the boot'],
  ])
    .option('--once', 'stop the lab after the boot')
    .action(lazily(async () => (await import('./demo')).demo));
}
