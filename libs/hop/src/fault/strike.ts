import { SpanStatusCode } from '@opentelemetry/api';
import { setTimeout } from 'node:timers/promises';
import type { HopScope } from '../scope';
import { FaultActions, faultActions } from './actions';
import { chance } from './chance';
import { firedAttributes, noteFired } from './event';
import type { Firing } from './plan';

/** How long a hang lasts that has neither a deadline nor `forMs`. */
const LONGEST_HANG_MS = 60_000;
/** Sets the dice for the jitter apart from those for the probability. */
const JITTER = 1;

function tell(scope: HopScope, firing: Firing, summary: string): void {
  noteFired(scope.span, firedAttributes(firing, summary));
}

function delayOf({ plan, fault: { ms = 0, jitterMs = 0 }, index, passage }: Firing): number {
  const off = (2 * chance(plan.seed, index, passage, JITTER) - 1) * jitterMs;
  return Math.max(0, Math.round(ms + off));
}

function hangOf({ plan, fault }: Firing): number {
  const left = plan.deadlineUnixMs === undefined ? Infinity : plan.deadlineUnixMs - Date.now();
  const most = Math.min(left, fault.forMs ?? Infinity);
  return Math.max(0, Math.round(most === Infinity ? LONGEST_HANG_MS : most));
}

function deadline(actions: FaultActions, ms: number): Error {
  const message = `A fault held this hop for ${ms} ms and let it fail then.`;
  return actions.exception('bootlab.FaultDeadline', message) ?? new Error(message);
}

/** Kills the process; the hop's span has been sent by then, those above it never end. */
async function kill(scope: HopScope, firing: Firing, actions: FaultActions): Promise<never> {
  tell(scope, firing, 'process killed');
  scope.span.setAttribute('chain.decision', 'failed');
  scope.span.setStatus({ code: SpanStatusCode.ERROR, message: 'killed by fault' });
  scope.span.end();
  return actions.die();
}

function raise(scope: HopScope, firing: Firing, actions: FaultActions): never {
  const { exception = '', message } = firing.fault;
  const error = actions.exception(exception, message) ?? new Error(`There is no exception ${exception}.`);
  tell(scope, firing, `raised ${error.name}`);
  throw error;
}

/** Everything that happens at the hop's entry, one step at a time; waiting so many milliseconds is left to whoever runs it. */
function* steps(scope: HopScope, firings: Firing[]): Generator<number | Promise<never>> {
  const actions = faultActions()!;
  for (const firing of firings) {
    const { kind } = firing.fault;
    if (kind === 'delay') {
      const ms = delayOf(firing);
      tell(scope, firing, `delayed ${ms} ms`);
      yield ms;
    } else if (kind === 'hang') {
      const ms = hangOf(firing);
      tell(scope, firing, `hung ${ms} ms`);
      yield ms;
      throw deadline(actions, ms);
    } else if (kind === 'error') raise(scope, firing, actions);
    else if (kind === 'kill') yield kill(scope, firing, actions);
  }
}

/** Lets the faults happen before the hop does its work; other requests go on meanwhile. */
export async function strike(scope: HopScope, firings: Firing[]): Promise<void> {
  for (const step of steps(scope, firings)) await (typeof step === 'number' ? setTimeout(step) : step);
}

/** As {@link strike}, for a hop that runs without a pause: its waiting holds up the whole process, as it does under eventlet. */
export function strikeBlocking(scope: HopScope, firings: Firing[]): void {
  for (const step of steps(scope, firings)) {
    if (typeof step === 'number') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, step);
  }
}
