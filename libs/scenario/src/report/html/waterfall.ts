import { buildTree, formatDuration, Level, nanoBetween, Span, waterfallRows, WaterfallRow } from '@bootlab/trace-model';
import { Html, html } from '@bootlab/html';
import { serviceColors } from './service-color';

const COLUMNS = 4;
const DEEPEST_INDENT = 24;

interface Scale {
  start: string;
  nanos: number;
}

function scaleOf(rows: readonly WaterfallRow[]): Scale {
  const start = rows[0]!.node.span.startTimeUnixNano;
  const ends = rows.map(({ node: { span } }) => nanoBetween(start, span.startTimeUnixNano) + span.durationNano);
  return { start, nanos: Math.max(1, ...ends) };
}

function percent(part: number, whole: number): string {
  return `${Math.min(100, Math.max(0, (part / whole) * 100)).toFixed(2)}%`;
}

function rowOf(row: WaterfallRow, { start, nanos }: Scale, color: (service: string) => string): Html {
  const { node, depth, service, name, failed, message } = row;
  const from = percent(nanoBetween(start, node.span.startTimeUnixNano), nanos);
  const long = percent(node.span.durationNano, nanos);
  const indent = `--depth: ${Math.min(depth, DEEPEST_INDENT)}`;
  const line = html`<tr class="${failed ? 'error' : ''}">
    <td class="${color(service)}">${service}</td>
    <td class="name" style="${indent}">${failed ? '✗ ' : ''}${name}</td>
    <td class="bar ${color(service)}"><i style="--from: ${from}; --long: ${long}"></i></td>
    <td class="number">${formatDuration(node.span.durationNano)}</td>
  </tr> `;
  if (message === undefined) return line;
  return html`${line}
    <tr>
      <td></td>
      <td class="message" colspan="${COLUMNS - 1}" style="${indent}">✗ ${message}</td>
    </tr> `;
}

/** The trace as a table: who, what, when, how long. */
export function waterfallTable(spans: readonly Span[], level: Level): Html {
  const rows = waterfallRows(buildTree(spans), level);
  if (rows.length === 0) return html`<p>The trace has no spans.</p>`;
  const scale = scaleOf(rows);
  const color = serviceColors(spans);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Waterfall, ${level}">
    <table class="waterfall">
      <thead>
        <tr>
          <th scope="col">Service</th>
          <th scope="col">Span</th>
          <th scope="col">Time</th>
          <th scope="col" class="number">Took</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowOf(row, scale, color))}
      </tbody>
    </table>
  </div>`;
}
