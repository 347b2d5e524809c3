import type { Level } from '@bootlab/trace-model';
import type { TraceReport } from '../report';
import { html } from '@bootlab/html';
import { page } from './page';
import { traceSection } from './trace-section';

/** One trace as a document of its own. */
export function renderTraceHtml(trace: TraceReport, level: Level): string {
  const title = `Trace of ${trace.of}`;
  return page(
    title,
    html`<h1>${title}</h1>
      ${traceSection(trace, level, 2)}`,
  );
}
