import type { HopOptions } from './hop-options';
import { hopIterable } from './iterable';
import { declareHop, styleOfFunction } from './played';
import { runHop } from './run';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the arguments are the decorated method's
type Any = any;

/**
 * This method plays the function of Queens with that dotted name: every call becomes a span that says where the
 * original stands, what came in, and whether the hop handled the request, passed it on (and to whom) or failed.
 * Stands closest to the method, below Nest's route decorators.
 */
export function Hop<Args extends Any[], Result>(id: string, options: HopOptions<Args, Result> = {}) {
  return <MethodArgs extends [...Args, ...Any[]], Returned extends Result | Promise<Result>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<(...args: MethodArgs) => Returned>,
  ): void => {
    const method = descriptor.value!;
    const name = `${className(target)}.${key}`;
    const hop = declareHop(id, { name, style: styleOfFunction(method), simulated: options.simulated });
    descriptor.value = function (this: unknown, ...args: MethodArgs): Returned {
      const own = options.around ? { ...options, around: options.around.bind(this) } : options;
      return runHop(hop, own as unknown as HopOptions<MethodArgs, Awaited<Returned>>, args, () =>
        method.apply(this, args),
      );
    };
  };
}

/** As {@link Hop}, for a module-level function of the original. */
export function hop<Args extends unknown[], Result>(
  id: string,
  work: (...args: Args) => Result,
  options: HopOptions<Args, Awaited<Result>> = {},
): (...args: Args) => Result {
  const { simulated } = options;
  const declared = declareHop(id, { name: work.name || id, style: styleOfFunction(work), simulated });
  return (...args) => runHop(declared, options, args, () => work(...args));
}

/** As {@link hop}, for a generator of the original: the span lasts from the first chunk asked for to the last one given. */
export function hopGenerator<Args extends unknown[]>(
  id: string,
  work: (...args: Args) => AsyncIterable<Buffer>,
): (...args: Args) => AsyncIterable<Buffer> {
  const declared = declareHop(id, { name: work.name || id, style: 'stream' });
  return (...args) => hopIterable(declared, () => work(...args));
}

function className(target: object): string {
  return typeof target === 'function' ? target.name : target.constructor.name;
}
