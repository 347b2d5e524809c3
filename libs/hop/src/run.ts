import { Context, context, isSpanContextValid, Span, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { Level, levelRank } from './catalogue/entry';
import { firedAttributes, noteFired } from './fault/event';
import { withDrop } from './fault/drop';
import { firingsAt } from './fault/matching';
import type { Firing } from './fault/plan';
import { strike, strikeBlocking } from './fault/strike';
import type { HopOptions } from './hop-options';
import type { PlayedHop } from './played';
import { currentScope, HopScope, withScope } from './scope';

const tracer = trace.getTracer('@bootlab/hop');
const reported = new WeakSet<Error>();
let recordedRank = levelRank('path');

/** From now on only hops down to `level` become spans; deeper ones run without one. */
export function recordDownTo(level: Level): void {
  recordedRank = levelRank(level);
}

/** Whether what lies at that level becomes a span. */
export function isRecorded(level: Level): boolean {
  return levelRank(level) <= recordedRank;
}

interface Entered {
  scope: HopScope;
  /** What the hop's work runs in. */
  inside: Context;
  /** Set when a fault is meant for the hop. */
  firings?: Firing[];
}

/**
 * Starts the hop's span below the active one, or gives undefined when the hop lies deeper than what is recorded, or in a trace
 * that is not. A hop that a fault is meant for is recorded however deep it lies.
 */
export function enterHop(hop: PlayedHop): Entered | undefined {
  const active = context.active();
  currentScope(active)?.called(hop.id);
  const firings = firingsAt(hop.id, active);
  if ((hop.rank > recordedRank || isUnsampled(active)) && !firings) return undefined;
  const span = tracer.startSpan(hop.name, { attributes: hop.attributes }, active);
  const scope = new HopScope(hop, span);
  const inside = withScope(trace.setSpan(active, span), scope);
  return firings ? { scope, inside: dropping(inside, scope, firings), firings } : { scope, inside };
}

/** Whether nobody records the trace that goes on here, e.g. that of a client who asks again and again. */
function isUnsampled(active: Context): boolean {
  const around = trace.getSpanContext(active);
  return around !== undefined && isSpanContextValid(around) && (around.traceFlags & TraceFlags.SAMPLED) === 0;
}

function dropping(inside: Context, { span }: HopScope, firings: Firing[]): Context {
  const drop = firings.find(({ fault }) => fault.kind === 'drop');
  if (!drop) return inside;
  const fired = firedAttributes(drop, 'cast dropped');
  noteFired(span, fired);
  return withDrop(inside, fired);
}

/** Ends the hop's span with its decision: passed on, or handled here. */
export function leaveHop({ hop, span, passedTo }: HopScope): void {
  const next = passedTo ?? hop.remoteNext;
  span.setAttribute('chain.decision', next === undefined ? 'handled' : 'passed');
  if (next !== undefined) span.setAttribute('chain.next', next);
  span.end();
}

/** Ends the hop's span as failed. The exception itself is told once, on the hop it came from. */
export function failHop({ span, passedTo }: HopScope, error: unknown): void {
  span.setAttribute('chain.decision', 'failed');
  if (passedTo !== undefined) span.setAttribute('chain.next', passedTo);
  recordError(span, error);
  span.end();
}

export function recordError(span: Span, error: unknown): void {
  const known = error instanceof Error ? error : new Error(String(error));
  span.setAttribute('error.type', known.name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: known.message });
  if (!reported.has(known)) {
    reported.add(known);
    span.recordException(known);
  }
}

/** The hop's work after the faults that fire at its entry. */
function struck<Result>(scope: HopScope, firings: Firing[], work: () => Result): () => Result {
  if (scope.hop.style === 'async') {
    return (async () => {
      await strike(scope, firings);
      return work();
    }) as unknown as () => Result;
  }
  return () => {
    strikeBlocking(scope, firings);
    return work();
  };
}

/** Runs one call of a hop as a span; synchronous work stays synchronous. */
export function runHop<Args extends unknown[], Result>(
  hop: PlayedHop,
  options: HopOptions<Args, Awaited<Result>>,
  args: Args,
  work: () => Result,
): Result {
  const { around } = options;
  const decorated = (body: () => Result): (() => Result) =>
    around ? () => around(body as () => Promise<Awaited<Result>>, ...args) as Result : body;
  const entered = enterHop(hop);
  if (!entered) return decorated(work)();
  const { scope, inside, firings } = entered;
  const fail = (error: unknown): never => {
    failHop(scope, error);
    throw error;
  };
  const succeed = (result: Awaited<Result>) => {
    try {
      if (options.out && scope.span.isRecording()) scope.span.setAttributes(options.out(result, ...args));
    } catch (error) {
      return fail(error);
    }
    leaveHop(scope);
    return result;
  };
  let result: Result;
  try {
    if (scope.span.isRecording()) {
      if (options.in) scope.span.setAttributes(options.in(...args));
      scope.passTo(options.next?.(...args));
    }
    result = context.with(inside, decorated(firings ? struck(scope, firings, work) : work));
  } catch (error) {
    return fail(error);
  }
  if (!(result instanceof Promise)) return succeed(result as Awaited<Result>);
  if (hop.style === 'sync') return fail(new Error(`${hop.player} gives a promise; write it with async.`));
  return result.then(succeed, fail) as Result;
}
