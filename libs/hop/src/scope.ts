import { Context, context, createContextKey, Span } from '@opentelemetry/api';
import type { PlayedHop } from './played';

const SCOPE = createContextKey('bootlab.hop.scope');

/** One run of a hop: knows its span and to whom it passed the rest of the work. */
export class HopScope {
  #passedTo?: string;

  constructor(
    readonly hop: PlayedHop,
    readonly span: Span,
  ) {}

  /** A hop was called inside this one. */
  called(id: string): void {
    if (this.hop.next.has(id)) this.#passedTo = id;
  }

  passTo(id: string | undefined): void {
    if (id !== undefined) this.#passedTo = id;
  }

  get passedTo(): string | undefined {
    return this.#passedTo;
  }
}

export function currentScope(from: Context = context.active()): HopScope | undefined {
  return from.getValue(SCOPE) as HopScope | undefined;
}

export function withScope(from: Context, scope: HopScope): Context {
  return from.setValue(SCOPE, scope);
}
