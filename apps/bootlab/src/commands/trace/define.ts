import { Command, Option } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';
import { positive, traceId } from '../../cli/parsers';

const LEVELS = ['story', 'path', 'detail'];

/** `trace list`, `trace show`, `trace export`. */
export function defineTrace(program: Command): void {
  const trace = group(program, 'trace', 'look at the traces that boots and uploads left');

  leaf(trace, 'list', 'list the traces, newest first', [
    ['bootlab trace list', 'the last 20'],
    ['bootlab trace list --name _create_instance --limit 5', 'boots only'],
  ])
    .option('--limit <number>', 'traces to list', positive, 20)
    .option('--service <service>', 'only traces that passed this service')
    .option('--name <name>', 'only traces with a span of this name')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./list')).listTraces));

  leaf(trace, 'show', 'show a trace as a waterfall', [
    ['bootlab trace show 4bf92f3577b34da6a3ce929d0e0e4736 --level story', 'what a newcomer reads first'],
    ['bootlab trace show 4bf92f3577b34da6a3ce929d0e0e4736 --json', 'every span as data'],
  ])
    .argument('<id>', 'trace id', traceId)
    .addOption(new Option('--level <level>', 'depth down to which hops are shown').choices(LEVELS).default('path'))
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./show')).showTrace));

  leaf(trace, 'export', 'write a trace as Jaeger JSON, which Jaeger UI opens by upload', [
    ['bootlab trace export 4bf92f3577b34da6a3ce929d0e0e4736 -o boot.json', 'to a file'],
  ])
    .argument('<id>', 'trace id', traceId)
    .option('-o, --output <file>', 'where to write it; standard output when left out')
    .action(lazily(async () => (await import('./export')).exportTrace));
}
