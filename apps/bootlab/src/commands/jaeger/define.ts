import type { Command } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';

/** `jaeger start`, `jaeger stop`, `jaeger status`, `jaeger ui`. */
export function defineJaeger(program: Command): void {
  const jaeger = group(program, 'jaeger', 'have a real Jaeger, or its page, to look at traces');

  leaf(jaeger, 'start', 'start a Jaeger that outlives the lab, unless one answers', [
    ['bootlab jaeger start', 'then `bootlab up`: the lab passes its traces on to it'],
    ['BOOTLAB_LAB__LAB__JAEGER_URL=http://127.0.0.1:26686 bootlab jaeger start', 'its page on another port'],
  ]).action(lazily(async () => (await import('./start')).startJaeger));

  leaf(jaeger, 'stop', 'stop the Jaeger that `jaeger start` started', [
    ['bootlab jaeger stop', 'its traces are gone then: it keeps them in memory'],
  ]).action(lazily(async () => (await import('./stop')).stopJaeger));

  leaf(jaeger, 'status', 'show which Jaeger there is: exit code 0 when one answers, 3 otherwise', [
    ['bootlab jaeger status', 'its addresses and how it came to be there'],
    ['bootlab jaeger status --json', 'the same as data'],
  ])
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./status')).jaegerStatus));

  leaf(jaeger, 'ui', "download the static files of Jaeger's page, which the lab serves itself", [
    ['bootlab jaeger ui', 'once; the lab finds them when it starts'],
  ]).action(lazily(async () => (await import('./ui')).fetchJaegerUi));
}
