import { findEntry } from '@bootlab/hop';
import {
  atLevel,
  buildTree,
  compareNano,
  completeness,
  endTimeUnixNano,
  formatDuration,
  goText,
  hopId,
  Level,
  LEVELS,
  nanoBetween,
  Span,
  TraceTree,
  TreeNode,
  walk,
} from '@bootlab/trace-model';
import { Html, html, trusted } from '@bootlab/html';
import { page } from './page';
import { timeText } from './traces-page';

/** Rows of one page. */
const MOST_ROWS = 2000;
const DEEPEST_INDENT = 24;

interface Scale {
  start: string;
  end: string;
  nanos: number;
}

function scaleOf(spans: readonly Span[]): Scale {
  const start = spans.map((span) => span.startTimeUnixNano).reduce((a, b) => (compareNano(a, b) <= 0 ? a : b));
  const end = spans.map(endTimeUnixNano).reduce((a, b) => (compareNano(a, b) >= 0 ? a : b));
  return { start, end, nanos: Math.max(1, nanoBetween(start, end)) };
}

/** The same colour for a service wherever it is shown. */
function colour(service: string): string {
  let hash = 0;
  for (const character of service) hash = (hash * 31 + character.codePointAt(0)!) % 360;
  return `hsl(${hash} 55% 50%)`;
}

function bar({ span }: TreeNode, { start, nanos }: Scale): Html {
  const left = (nanoBetween(start, span.startTimeUnixNano) / nanos) * 100;
  const width = (span.durationNano / nanos) * 100;
  const paint = span.status.code === 'error' ? 'var(--bad)' : colour(span.service);
  return html`<div class="time">
    <i style="left:${left.toFixed(2)}%;width:${width.toFixed(2)}%;background:${paint}"></i>
  </div>`;
}

/** Only what is an address of a page becomes a link. */
function originalLines({ attributes }: Span): Html {
  const { 'code.url': url, 'code.file.path': file, 'code.line.number': line } = attributes;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) return html``;
  const label = typeof file === 'string' ? `${file}:${goText(line ?? '')}` : url;
  return html`<p>The original: <a href="${url}" rel="noreferrer">${label}</a></p>`;
}

function decision({ attributes }: Span): Html {
  const { 'chain.decision': decided, 'chain.next': next } = attributes;
  if (typeof decided !== 'string') return html``;
  return html`<p>It <b>${decided}</b> the request${typeof next === 'string' ? html` on to <b>${next}</b>` : ''}.</p>`;
}

function table(entries: ReadonlyArray<readonly [string, string]>): Html {
  return html`<table>
    ${entries.map(
      ([key, value]) =>
        html`<tr>
          <td>${key}</td>
          <td>${value}</td>
        </tr>`,
    )}
  </table>`;
}

function hop({ span }: TreeNode): Html {
  const id = hopId(span.attributes);
  const role = id === undefined ? undefined : findEntry(id)?.role;
  const attributes = Object.entries(span.attributes).map(([key, value]) => [key, goText(value)] as const);
  const events = span.events.map(({ name, attributes }) => [name, goText(attributes)] as const);
  return html`<div class="hop">
    ${role === undefined ? '' : html`<p>${role}</p>`}
    ${span.status.code === 'error' ? html`<p class="bad">✗ ${span.status.message ?? 'It failed.'}</p>` : ''}
    ${decision(span)}${originalLines(span)}
    <p class="facts">${span.service} · ${span.kind} · span ${span.spanId}</p>
    ${table([...attributes, ...events])}
  </div>`;
}

interface RowContext {
  scale: Scale;
  orphans: ReadonlySet<TreeNode>;
  /** The span to open and to scroll to. */
  wanted: string | undefined;
}

function row(node: TreeNode, depth: number, { scale, orphans, wanted }: RowContext): Html {
  const { span } = node;
  const failed = span.status.code === 'error';
  const indent = Math.min(depth, DEEPEST_INDENT) * 0.7;
  const sought = span.spanId === wanted;
  return html`<details ${trusted(sought ? 'open class="sought"' : '')}>
    <summary ${trusted(sought ? 'autofocus' : '')}>
      <div class="name ${failed ? 'bad' : ''}" style="margin-left:${indent}rem;border-color:${colour(span.service)}">
        ${failed ? '✗ ' : ''}${orphans.has(node) ? '(parent missing) ' : ''}${span.name} <small>${span.service}</small>
      </div>
      ${bar(node, scale)}
      <div class="took">${formatDuration(span.durationNano)}</div>
    </summary>
    ${hop(node)}
  </details>`;
}

function levels(traceId: string, level: Level, wanted: string | undefined): Html {
  const span = wanted === undefined ? '' : `&span=${wanted}`;
  const links = LEVELS.map(
    (one) =>
      html`<a href="/trace/${traceId}?level=${one}${span}" ${trusted(one === level ? 'aria-current="page"' : '')}
        >${one}</a
      >`,
  );
  return html`<nav aria-label="Level">
    ${links}<a href="/jaeger/trace/${traceId}${wanted === undefined ? '' : `?uiFind=${wanted}`}">Jaeger</a>
  </nav>`;
}

function missing(tree: TraceTree): Html {
  const { missing } = completeness(tree);
  if (missing.length === 0) return html``;
  return html`<p class="bad">This trace is not complete. ${missing.slice(0, 5).join(' ')}</p>`;
}

/** The level that is asked for; else `path`, or `detail` when only that has the span. */
function levelFor(tree: TraceTree, asked: Level | undefined, wanted: string | undefined): Level {
  if (asked !== undefined || wanted === undefined) return asked ?? 'path';
  return [...walk(atLevel(tree, 'path'))].some(({ node }) => node.span.spanId === wanted) ? 'path' : 'detail';
}

/**
 * One trace as a waterfall: a row a span, which opens to what is known of its hop. `spans` has one at least. The span that is
 * wanted is open already, and the page scrolls to it.
 */
export function tracePage(spans: readonly Span[], asked?: Level, wanted?: string): string {
  const tree = buildTree(spans);
  const scale = scaleOf(spans);
  const level = levelFor(tree, asked, wanted);
  const visible = atLevel(tree, level);
  const nodes = [...walk(visible)];
  const at = nodes.findIndex(({ node }) => node.span.spanId === wanted);
  const first = at < MOST_ROWS ? 0 : at - MOST_ROWS / 2;
  const { traceId } = spans[0]!;
  const title = tree.roots[0]?.span.name ?? '(the root has not arrived)';
  const failed = spans.filter(({ status }) => status.code === 'error').length;
  const orphans = new Set(visible.orphans);
  const shown = nodes.slice(first, first + MOST_ROWS);
  const left = nodes.length - shown.length;
  return page(
    title,
    html`<h1>${title}</h1>
      <p class="facts">
        ${timeText(scale.start)} · ${formatDuration(scale.nanos)} · ${spans.length}
        spans${nodes.length < spans.length ? `, ${nodes.length} at this level` : ''}
        ${failed > 0 ? html`· <span class="bad">${failed} failed</span>` : ''} · ${traceId}
      </p>
      ${missing(tree)}${levels(traceId, level, wanted)}
      ${shown.map(({ node, depth }) => row(node, depth, { scale, orphans, wanted }))}
      ${left > 0 ? html`<p class="empty">${left} more spans are not shown: choose a higher level.</p>` : ''}`,
  );
}
