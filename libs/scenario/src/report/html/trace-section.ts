import type { Level } from '@bootlab/trace-model';
import type { TraceReport } from '../report';
import { changeTable } from './change-table';
import { heading, HeadingLevel } from './heading';
import { hopTable } from './hop-table';
import { Html, html } from '@bootlab/html';
import { link } from './link';
import { sequenceDiagram } from './sequence-diagram';
import { waterfallTable } from './waterfall';

/** All that there is to see of one trace, with headings of the level `under`. */
export function traceSection(
  { traceId, link: url, missing, spans }: TraceReport,
  level: Level,
  under: HeadingLevel,
): Html {
  return html`<p class="soft">Trace <code>${link(url, traceId)}</code>, ${spans.length} spans</p>
    ${missing.map((sentence) => html`<p class="warn">Not complete: ${sentence}</p>`)} ${heading(under, 'The story')}
    ${waterfallTable(spans, 'story')} ${heading(under, 'Who handed over to whom')} ${sequenceDiagram(spans)}
    ${heading(under, 'Changes of state and events')} ${changeTable(spans)} ${heading(under, 'All of it')}
    <details>
      <summary>The waterfall at level ${level}</summary>
      ${waterfallTable(spans, level)}
    </details>
    ${hopTable(spans)} `;
}
