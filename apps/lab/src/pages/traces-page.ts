import { formatDuration } from '@bootlab/trace-model';
import type { TraceSummary } from '../store/trace-queries';
import { Html, html, trusted } from '@bootlab/html';
import { page } from './page';

export interface ListedTraces {
  traces: readonly TraceSummary[];
  services: readonly string[];
  /** What the list is narrowed to. */
  service?: string;
  name?: string;
  tag?: string;
}

export function timeText(unixNano: string): string {
  const text = new Date(Number(BigInt(unixNano) / 1_000_000n)).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;
}

function item(trace: TraceSummary): Html {
  const title = trace.rootName ?? '(the root has not arrived)';
  return html`<li>
    <a href="/trace/${trace.traceId}">
      <b class="${trace.errorCount > 0 ? 'bad' : ''}">${trace.errorCount > 0 ? '✗ ' : ''}${title}</b>
      <span>${trace.rootService ?? ''}</span>
      <span>${formatDuration(trace.durationNano)}</span>
      <span>${trace.spanCount} spans</span>
      <span>${timeText(trace.startTimeUnixNano)}</span>
    </a>
  </li>`;
}

function filter({ services, service, name, tag }: ListedTraces): Html {
  const choices = services.map(
    (one) => html`<option value="${one}" ${trusted(one === service ? 'selected' : '')}>${one}</option>`,
  );
  return html`<form>
    <select name="service" aria-label="Service">
      <option value="">every service</option>
      ${choices}
    </select>
    <input name="name" value="${name ?? ''}" placeholder="span, e.g. _get_image" aria-label="Span" />
    <input name="tag" value="${tag ?? ''}" placeholder="tag, e.g. image.id:…" aria-label="Tag" />
    <button>Find</button>
  </form>`;
}

/** The traces that are stored, newest first. */
export function tracesPage(listed: ListedTraces): string {
  const list =
    listed.traces.length > 0
      ? html`<ul class="traces">
          ${listed.traces.map(item)}
        </ul>`
      : html`<p class="empty">
          No trace is here. Boot an instance with <code>bootlab boot</code>, or look for something else.
        </p>`;
  return page(
    'Traces',
    html`<h1>Traces</h1>
      ${filter(listed)}${list}`,
  );
}
