import { Context, context, ROOT_CONTEXT, Span, trace } from '@opentelemetry/api';
import type { HopScope } from './scope';

/**
 * A context in which a hop runs: knows the hop and its span by itself. A context of the API copies all that it holds for each
 * value that is set, which would be half of what a hop costs.
 */
export class HopContext implements Context {
  constructor(
    private readonly rest: Context,
    readonly scope: HopScope,
    private readonly span: Span | undefined,
  ) {}

  /** The context of a hop that begins in `active`. */
  static inside(active: Context, scope: HopScope): HopContext {
    return new HopContext(active instanceof HopContext ? active.rest : active, scope, scope.span);
  }

  getValue(key: symbol): unknown {
    return key === SPAN ? this.span : this.rest.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    if (key === SPAN) return new HopContext(this.rest, this.scope, value as Span);
    return new HopContext(this.rest.setValue(key, value), this.scope, this.span);
  }

  deleteValue(key: symbol): Context {
    if (key === SPAN) return new HopContext(this.rest.deleteValue(key), this.scope, undefined);
    return new HopContext(this.rest.deleteValue(key), this.scope, this.span);
  }
}

/** The key under which the API keeps the active span. */
const SPAN = spanKey();

function spanKey(): symbol {
  let found: symbol | undefined;
  const asked: Context = {
    getValue: () => undefined,
    setValue(key) {
      found = key;
      return ROOT_CONTEXT;
    },
    deleteValue: () => ROOT_CONTEXT,
  };
  trace.setSpan(asked, trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 }));
  return found!;
}

/** The hop that runs in a context; undefined outside of one. */
export function currentScope(from: Context = context.active()): HopScope | undefined {
  return from instanceof HopContext ? from.scope : undefined;
}
