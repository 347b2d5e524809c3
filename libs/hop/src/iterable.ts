import { context } from '@opentelemetry/api';
import type { PlayedHop } from './played';
import { enterHop, failHop, leaveHop } from './run';

/**
 * Wraps the chunks of a hop that the original writes as a generator. The span starts where the generator is made, so that
 * it hangs on the hop that made it, and ends when the chunks do, when reading them fails, or when the reader stops early.
 */
export function hopIterable(hop: PlayedHop, make: () => AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const entered = enterHop(hop);
  if (!entered) return make();
  const { scope, inside } = entered;
  const chunks = context.with(inside, () => make()[Symbol.asyncIterator]());
  let bytes = 0;
  let ended = false;
  const end = (finish: () => void) => {
    if (ended) return;
    ended = true;
    scope.span.setAttribute('hop.bytes', bytes);
    finish();
  };
  const fail = (error: unknown): never => {
    end(() => failHop(scope, error));
    throw error;
  };
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        try {
          const result = await context.with(inside, () => chunks.next());
          if (result.done) end(() => leaveHop(scope));
          else bytes += result.value.length;
          return result;
        } catch (error) {
          return fail(error);
        }
      },
      async return() {
        scope.span.setAttribute('hop.stopped_early', true);
        await chunks.return?.();
        end(() => leaveHop(scope));
        return { done: true as const, value: undefined };
      },
    }),
  };
}
