import { Command, Option } from 'commander';
import { group, lazily, leaf } from '../../cli/leaf';
import { positive, traceId } from '../../cli/parsers';

const LEVELS = ['story', 'path', 'detail'];
const FORMATS = ['jaeger', 'otlp', 'csv', 'mermaid', 'dot'];

/** `trace list`, `trace show`, `trace export`, `trace diff`. */
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
    ['bootlab trace show 4bf92f3577b34da6a3ce929d0e0e4736 --html -o boot.html', 'a page to keep or to pass on'],
  ])
    .argument('<id>', 'trace id', traceId)
    .addOption(new Option('--level <level>', 'depth down to which hops are shown').choices(LEVELS).default('path'))
    .option('--json', 'print JSON')
    .addOption(new Option('--html', 'write a page that any browser shows, without a network').conflicts('json'))
    .addOption(
      new Option('-o, --output <file>', 'where to write the page; standard output when left out').implies({
        html: true,
      }),
    ) // prettier-ignore
    .action(lazily(async () => (await import('./show')).showTrace));

  leaf(trace, 'export', 'write a trace for another program', [
    ['bootlab trace export 4bf92f3577b34da6a3ce929d0e0e4736 -o boot.json', 'Jaeger UI opens it by upload'],
    ['bootlab trace export 4bf92f3577b34da6a3ce929d0e0e4736 --format mermaid --level story', 'a sequence diagram'],
  ])
    .argument('<id>', 'trace id', traceId)
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('jaeger'))
    .option('-o, --output <file>', 'where to write it; standard output when left out')
    .addOption(new Option('--level <level>', 'detail of a sequence diagram').choices(LEVELS).default('path'))
    .action(lazily(async () => (await import('./export')).exportTrace));

  leaf(trace, 'import', "store traces of elsewhere: Jaeger's or OTLP's JSON, or osprofiler's report", [
    ['bootlab trace import boot.json other.jsonl', 'from files; the same trace twice is stored once'],
    ['bootlab trace import http://127.0.0.1:16686/trace/4bf92f3577b34da6a3ce929d0e0e4736', 'from a Jaeger'],
  ])
    .argument('<source...>', 'files, or URLs of traces')
    .option('--json', 'print JSON')
    .action(lazily(async () => (await import('./import')).importTraces));

  leaf(trace, 'open', 'print where a browser shows a trace and, on a desktop, open it', [
    ['bootlab trace open 4bf92f3577b34da6a3ce929d0e0e4736 --span _get_image', 'at one hop'],
    [
      'bootlab trace open 4bf92f3577b34da6a3ce929d0e0e4736 --compare 0af7651916cd43dd8448eb211c80319c',
      "two beside each other, in Jaeger's page",
    ],
  ])
    .argument('<id>', 'trace id', traceId)
    .option('--span <hop>', "hop, span's name or span id to go to")
    .option('--compare <id>', 'another trace to lay beside it', traceId)
    .option('--print', 'print the address only')
    .action(lazily(async () => (await import('./open')).openTrace));

  leaf(trace, 'diff', 'compare two traces: what happened otherwise, and what took longer', [
    ['bootlab trace diff 4bf92f3577b34da6a3ce929d0e0e4736 5ac1e9d0b7f24c83a6e0d1f2b3c4d5e6', 'two traces of the lab'],
    ['bootlab trace diff first-boot boot.json --level story', "a scenario's reference trace and a file"],
  ])
    .argument('<a>', "trace id, file with a trace, or scenario's name")
    .argument('<b>', 'what to compare with it')
    .addOption(new Option('--level <level>', 'depth down to which hops are compared').choices(LEVELS).default('path'))
    .option('--all', 'list every hop, not only those that differ')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nEnds with 0 when both have the same shape, with 1 when they differ.')
    .action(lazily(async () => (await import('./diff')).diffTwo));
}
