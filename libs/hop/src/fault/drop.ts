import { Attributes, Context, createContextKey } from '@opentelemetry/api';

const DROPPED = createContextKey('bootlab.fault.dropped');

/** Casts made inside are not sent. */
export function withDrop(context: Context, fired: Attributes): Context {
  return context.setValue(DROPPED, fired);
}

/** What the event `fault.fired` says of a cast that is to be dropped here; undefined when it is to be sent. */
export function droppedCast(context: Context): Attributes | undefined {
  return context.getValue(DROPPED) as Attributes | undefined;
}
