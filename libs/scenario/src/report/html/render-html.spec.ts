import { makeSpan } from '@bootlab/trace-model';
import { bootSpans, hops, traceOf } from '../../check/testing/boot';
import { failed, held, runReport, scenarioReport } from '../testing/run';
import { traceAnchor } from './anchor';
import { renderHtml } from './render-html';
import { renderTraceHtml } from './render-trace';

const NASTY = `<script>alert(1)</script>"' onload=alert(1) &`;

/** Everything that a browser would fetch or run. */
function active(document: string): string[] {
  return (
    document.match(/<script|<iframe|<img|<link|<object|<embed|<base|\son\w+="|javascript:|@import|url\(|src=/gi) ?? []
  );
}

describe('renderHtml', () => {
  it('is one document that loads nothing', () => {
    const page = renderHtml(runReport(scenarioReport()));
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`); // prettier-ignore
    expect(page).toContain('name="viewport"');
    expect(active(page)).toEqual([]);
  });

  it('shows scenario, story, diagram, decisions and events', () => {
    const page = renderHtml(runReport(scenarioReport({ assertions: [held, failed], result: 'failed' })));
    for (const part of [
      'The store has lost the image',
      '<strong>gone</strong>',
      'Glance finds out only here.',
      '✗ _get_from_store',
      'Image lost not found in the store.',
      '<svg',
      'aria-label="Sequence diagram: ',
      'failed: NotFound',
      'fault.fired',
      'no such span',
      'show (glance-api): 3 ms',
      'Glance asks its store.',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('has each id once, and a target for each link inside', () => {
    const other = { ...traceOf(bootSpans()), traceId: 'b'.repeat(32) };
    const page = renderHtml(runReport(scenarioReport(), scenarioReport({ name: 'b', traces: [other] })));
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(traceAnchor(other.traceId));
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('puts the cases of a matrix into one table', () => {
    const page = renderHtml(runReport(scenarioReport({ case: { api_version: 1 } }), scenarioReport({ case: { api_version: 2 } }))); // prettier-ignore
    expect(page).toContain('<th scope="col">api_version</th>');
    expect(page).toMatch(/<td>1<\/td>[^]*<td>2<\/td>/);
  });

  it('counts the firings of faults and marks one that never fired', () => {
    const fault = { index: 0, hop: hops.store, summary: 'delay of 200 ms', fired: 2 };
    const warnings = ['Fault 2 never fired.'];
    const page = renderHtml(runReport(scenarioReport({ faults: [fault, { ...fault, index: 1, fired: 0 }], warnings })));
    expect(page).toContain('fired 2 times');
    expect(page).toContain('<span class="warn">never fired</span>');
    expect(page).toContain('Warning: Fault 2 never fired.');
  });

  it('makes whatever a trace or a file says inert', () => {
    const spans = bootSpans().map((span) => ({
      ...span,
      name: NASTY,
      service: NASTY,
      status: { code: 'error' as const, message: NASTY },
      attributes: { ...span.attributes, 'code.url': 'javascript:alert(1)', 'code.file.path': NASTY, 'chain.next': NASTY, 'chain.decision': NASTY, 'error.type': NASTY, 'hop.simulated': NASTY }, // prettier-ignore
      events: [{ name: NASTY, timeUnixNano: span.startTimeUnixNano, attributes: { [NASTY]: NASTY } }],
    }));
    const assertion = { ...failed, text: NASTY, why: NASTY, place: NASTY, expected: NASTY, found: NASTY, nearest: [NASTY], excerpt: [NASTY] }; // prettier-ignore
    const page = renderHtml(
      runReport(
        scenarioReport({
          name: NASTY,
          title: NASTY,
          file: NASTY,
          about: `${NASTY} [x](javascript:alert(1)) ![x](https://example.org/x.png)`,
          learn: [{ hop: NASTY, look: NASTY }],
          case: { [NASTY]: NASTY },
          reason: NASTY,
          steps: [{ name: NASTY, summary: NASTY, seconds: 1, outcome: NASTY }],
          traces: [{ ...traceOf(spans, [NASTY]), of: NASTY, link: 'javascript:alert(1)' }],
          faults: [{ index: 0, hop: NASTY, summary: NASTY, fired: 1 }],
          assertions: [assertion],
          warnings: [NASTY],
        }),
      ),
    );
    const tags = page.replaceAll(/<style>[^]*?<\/style>/g, '').match(/<[^>]*>/g) ?? [];
    expect(active(tags.join('\n').replaceAll(/"[^"]*"/g, '""'))).toEqual([]);
    expect(page).not.toMatch(/href="(?!#|https?:)/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; onload=alert(1) &amp;');
  });
});

describe('renderTraceHtml', () => {
  it('links each hop to the lines of the original', () => {
    const url = 'https://opendev.org/openstack/nova/src/tag/queens-eol/nova/compute/api.py#L787-L792';
    const attributes = { 'code.function.name': hops.store, 'code.url': url, 'code.file.path': 'nova/compute/api.py', 'code.line.number': 787 }; // prettier-ignore
    const page = renderTraceHtml(traceOf([makeSpan(1, undefined, { attributes })]), 'path');
    expect(page).toContain(`<a href="${url}" rel="noopener noreferrer">nova/compute/api.py:787</a>`);
  });

  it('says what has not arrived, also of a trace without spans', () => {
    const page = renderTraceHtml(traceOf([], ['No span of this trace has arrived.']), 'path');
    expect(page).toContain('Not complete: No span of this trace has arrived.');
  });
});
