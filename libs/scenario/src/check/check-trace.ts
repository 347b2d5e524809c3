import type { AssertionReport, TraceReport } from '../report/report';
import type { Assertion } from '../schema/scenario';
import { traceKeys } from '../schema/then';
import { excerpt } from './excerpt';
import type { Finding } from './finding';
import { checkAbsent } from './kinds/absent';
import { checkComplete } from './kinds/complete';
import { checkCount } from './kinds/count';
import { checkDuration } from './kinds/duration';
import { checkEdge } from './kinds/edge';
import { checkErrors } from './kinds/errors';
import { checkOrder } from './kinds/order';
import { checkPath } from './kinds/path';
import { checkPresent } from './kinds/present';
import { checkServiceEdges } from './kinds/service-edges';
import { checkShape, Reference } from './kinds/shape';
import { nearestCaller, nearestSpans } from './nearest-spans';
import { countLines, spanLine } from './span-line';
import { matchOf } from './target';
import { TraceView, viewOf } from './trace-view';

export type TraceKey = (typeof traceKeys)[number];

type Checkers = {
  [Key in TraceKey]: (wanted: NonNullable<Assertion[Key]>, view: TraceView, reference: Reference) => Finding;
};

const checkers: Checkers = {
  path: checkPath,
  present: checkPresent,
  absent: checkAbsent,
  count: checkCount,
  edge: checkEdge,
  order: checkOrder,
  duration: checkDuration,
  service_edges: checkServiceEdges,
  errors: checkErrors,
  complete: checkComplete,
  shape: checkShape,
};

const MOST_NEAREST = 5;

/** The kind of an assertion about a trace; undefined for one about a state. */
export function traceKeyOf(assertion: Assertion): TraceKey | undefined {
  return traceKeys.find((key) => assertion[key] !== undefined);
}

function explain({ expected, found, sought, spans = [], around }: Finding, view: TraceView): Partial<AssertionReport> {
  const near = sought === undefined ? [] : nearestSpans(view, sought);
  const hop = sought === undefined ? undefined : matchOf(sought).hop;
  const caller = hop === undefined || near.length > 0 ? undefined : nearestCaller(view, hop);
  const lines = [
    ...spans.map((node) => spanLine(node)),
    ...near.map(({ node, remark }) => spanLine(node, remark === '' ? undefined : remark)),
    ...(caller === undefined ? [] : [spanLine(caller, 'the nearest caller in the trace')]),
  ];
  const centre = around ?? near[0]?.node ?? caller ?? (sought === undefined ? undefined : view.nodes[0]);
  const nearest = countLines(lines).slice(0, MOST_NEAREST);
  return { expected, found, nearest, excerpt: centre === undefined ? [] : excerpt(centre) };
}

/**
 * Whether an assertion about a trace holds; when it does not, with what explains it.
 * @param place where it stands, e.g. `scenarios/x.yaml:31:5`
 * @param reference what `shape` compares with
 */
export function checkTrace(
  assertion: Assertion,
  place: string,
  trace: TraceReport,
  reference: Reference,
): AssertionReport {
  const key = traceKeyOf(assertion);
  if (key === undefined) throw new Error(`${place} says nothing about a trace.`);
  const view = viewOf(trace);
  const check = checkers[key] as (wanted: unknown, view: TraceView, reference: Reference) => Finding;
  const finding = check(assertion[key], view, reference);
  const { text, ok } = finding;
  const why = assertion.why === undefined ? {} : { why: assertion.why };
  return { text, ...why, place, ok, nearest: [], excerpt: [], ...(ok ? {} : explain(finding, view)) };
}
