import { Context, context, Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { Level, levelRank } from './catalogue/entry';
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

/** Starts the hop's span below the active one, or gives undefined when the hop lies deeper than what is recorded. */
export function enterHop(hop: PlayedHop): { scope: HopScope; inside: Context } | undefined {
  const active = context.active();
  currentScope(active)?.called(hop.id);
  if (hop.rank > recordedRank) return undefined;
  const span = tracer.startSpan(hop.name, { attributes: hop.attributes }, active);
  const scope = new HopScope(hop, span);
  return { scope, inside: withScope(trace.setSpan(active, span), scope) };
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

/** Runs one call of a hop as a span; synchronous work stays synchronous. */
export function runHop<Args extends unknown[], Result>(
  hop: PlayedHop,
  options: HopOptions<Args, Awaited<Result>>,
  args: Args,
  work: () => Result,
): Result {
  const entered = enterHop(hop);
  if (!entered) return work();
  const { scope, inside } = entered;
  if (scope.span.isRecording()) {
    if (options.in) scope.span.setAttributes(options.in(...args));
    scope.passTo(options.next?.(...args));
  }
  const succeed = (result: Awaited<Result>) => {
    if (options.out && scope.span.isRecording()) scope.span.setAttributes(options.out(result, ...args));
    leaveHop(scope);
    return result;
  };
  const fail = (error: unknown): never => {
    failHop(scope, error);
    throw error;
  };
  let result: Result;
  try {
    result = context.with(inside, work);
  } catch (error) {
    return fail(error);
  }
  if (result instanceof Promise) return result.then(succeed, fail) as Result;
  return succeed(result as Awaited<Result>);
}
