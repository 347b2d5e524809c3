import type { Command } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';

/** `flavor list`. */
export function defineFlavor(program: Command): void {
  const flavor = group(program, 'flavor', 'look at the sizes an instance can have');

  leaf(flavor, 'list', 'list the flavors', [['bootlab flavor list', "DevStack's flavors"]])
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./list')).listFlavors));
}
