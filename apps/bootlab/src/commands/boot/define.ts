import type { Command } from 'commander';
import { lazily, leaf } from '../../cli/leaf';
import { positive, seconds } from '../../cli/parsers';

/** `boot`. */
export function defineBoot(program: Command): void {
  leaf(program, 'boot', 'boot servers from an image, as one trace', [
    ['bootlab boot --image demo --flavor m1.tiny --wait', 'until it is ACTIVE or in ERROR (exit code 1 then)'],
    ['bootlab boot --image demo --flavor m1.tiny --count 3 --wait --json', 'three at once, the result as data'],
  ])
    .requiredOption('--image <image>', 'name or id')
    .requiredOption('--flavor <flavor>', 'name or id')
    .option('--name <name>', 'name of the server; the name of the image when left out')
    .option('--count <number>', 'servers to boot', positive, 1)
    .option('--wait', 'wait until each server is ACTIVE or in ERROR, and the trace is complete')
    .option('--timeout <seconds>', 'how long to wait at most', seconds, 60)
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./boot')).boot));
}
