import type { CompiledQuery } from 'kysely';

const without = new WeakSet<object>();

/** Marks a statement that steers the transaction: it gets no span and no event of its own. */
export function unspanned<O>(query: CompiledQuery<O>): CompiledQuery<O> {
  without.add(query);
  return query;
}

export function hasSpan(query: CompiledQuery): boolean {
  return !without.has(query);
}
