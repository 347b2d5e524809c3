import { buildTree, completeness, Level, renderWaterfall, Span, WaterfallColors } from '@bootlab/trace-model';
import { pc } from '../../cli/colors';
import { terminalWidth } from '../../cli/output';

const PALETTE = [pc.cyan, pc.magenta, pc.green, pc.yellow, pc.blue, pc.white];

/** One colour a service, in the order in which the services come up in the trace. */
function colors(spans: readonly Span[]): WaterfallColors {
  const services = [...new Set(spans.map(({ service }) => service))];
  const of = (service: string) => PALETTE[services.indexOf(service) % PALETTE.length] ?? pc.white;
  return {
    service: (text, service) => of(service)(text),
    glyph: (text) => pc.dim(text),
    name: (text) => text,
    bar: (text, service) => of(service)(text),
    duration: (text) => pc.dim(text),
    error: (text) => pc.red(text),
  };
}

function heading(spans: readonly Span[], shown: number, level: Level): string {
  const services = new Set(spans.map(({ service }) => service)).size;
  const errors = spans.filter(({ status }) => status.code === 'error').length;
  const failed = errors === 0 ? '' : `, ${pc.red(`${errors} with an error`)}`;
  return `${pc.bold(`Trace ${spans[0]?.traceId ?? ''}`)}: ${spans.length} spans of ${services} services${failed}; ${shown} rows at level ${level}`;
}

/** A trace for the terminal: heading, waterfall, and what has not arrived. */
export function waterfall(spans: readonly Span[], level: Level): string[] {
  const tree = buildTree(spans);
  const rows = renderWaterfall(tree, {
    width: terminalWidth(),
    level,
    color: pc.isColorSupported ? colors(spans) : undefined,
  });
  const missing = completeness(tree).missing.map((sentence) => pc.yellow(`Not complete: ${sentence}`));
  return [heading(spans, rows.length, level), ...rows, ...missing];
}
