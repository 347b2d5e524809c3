import { Level } from '@bootlab/trace-model';
import type { TraceReport } from '../report';
import { changeTable } from './change-table';
import { hopTable } from './hop-table';
import { Html, html } from './html';
import { link } from './link';
import { sequenceDiagram } from './sequence-diagram';
import { waterfallTable } from './waterfall';

/** All that there is to see of one trace. */
export function traceSection({ traceId, link: url, missing, spans }: TraceReport, level: Level): Html {
  return html`<p class="soft">Trace <code>${link(url, traceId)}</code>, ${spans.length} spans</p>
    ${missing.map((sentence) => html`<p class="warn">Not complete: ${sentence}</p>`)}
    <h3>The story</h3>
    ${waterfallTable(spans, 'story')}
    <h3>Who handed over to whom</h3>
    ${sequenceDiagram(spans)}
    <h3>Changes of state and events</h3>
    ${changeTable(spans)}
    <h3>All of it</h3>
    <details>
      <summary>The waterfall at level ${level}</summary>
      ${waterfallTable(spans, level)}
    </details>
    ${hopTable(spans)} `;
}
