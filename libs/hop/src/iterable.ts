import { context } from '@opentelemetry/api';
import { ChunkFaults } from './fault/chunk-faults';
import { strike } from './fault/strike';
import type { PlayedHop } from './played';
import { enterHop, failHop, leaveHop } from './run';

/**
 * Wraps the chunks of a hop that the original writes as a generator. The span starts where the generator is made, so that
 * it hangs on the hop that made it, and ends when the chunks do, when reading them fails, or when the reader stops early.
 */
export function hopIterable(hop: PlayedHop, make: () => AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const entered = enterHop(hop);
  if (!entered) return make();
  const { scope, inside, firings } = entered;
  const faults = firings && new ChunkFaults(scope, firings);
  let struck = firings === undefined;
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
  let chunks: AsyncIterator<Buffer>;
  try {
    chunks = context.with(inside, () => make()[Symbol.asyncIterator]());
  } catch (error) {
    return fail(error);
  }
  const done = () => {
    end(() => leaveHop(scope));
    return { done: true as const, value: undefined };
  };
  const stop = async () => {
    await context.with(inside, () => chunks.return?.());
    return done();
  };
  const strikeOnce = async () => {
    struck = true;
    try {
      await context.with(inside, () => strike(scope, firings!));
    } catch (error) {
      await letGo(chunks);
      throw error;
    }
  };
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        try {
          if (!struck) await strikeOnce();
          if (faults?.ended) return await stop();
          const result = await context.with(inside, () => chunks.next());
          if (result.done) return done();
          const value = faults ? faults.apply(result.value) : result.value;
          bytes += value.length;
          return value.length === 0 && faults?.ended ? await stop() : { done: false as const, value };
        } catch (error) {
          return fail(error);
        }
      },
      return() {
        scope.span.setAttribute('hop.stopped_early', true);
        return stop().catch(fail);
      },
    }),
  };
}

/** Lets a source go that nobody has read from: it holds its file or connection, and gives it back only once it has begun. */
async function letGo(chunks: AsyncIterator<Buffer>): Promise<void> {
  try {
    await chunks.next();
    await chunks.return?.();
  } catch {
    // The fault is what the reader hears of.
  }
}
