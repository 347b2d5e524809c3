import { Command, Option } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';

/** `hop list`, `hop show`. */
export function defineHop(program: Command): void {
  const hop = group(program, 'hop', 'look up the functions of the path');

  leaf(hop, 'list', 'list the functions that the lab plays, flow by flow', [
    ['bootlab hop list --level story', 'the dozen to begin with'],
    ['bootlab hop list --flow boot.compute', 'one part of the path, in the order in which it runs'],
    ['bootlab hop list --service glance-api --json', 'what one service plays, as data'],
  ])
    .addOption(new Option('--level <level>', 'down to this level').choices(['story', 'path', 'detail']))
    .option('--service <service>', 'only what this service plays')
    .option('--flow <flow>', 'only this flow, e.g. boot.api')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./list')).listHops));

  leaf(hop, 'show', 'show one function: where it stands at Queens, who calls it, what it calls and raises', [
    ['bootlab hop show nova.compute.api.API._get_image', 'by its dotted name'],
    ['bootlab hop show _get_from_store', 'by the end of it, where only one is called so'],
  ])
    .argument('<id>', 'dotted name at Queens, or the end of it')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./show')).showHop));
}
