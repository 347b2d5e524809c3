import { stepKeys } from '../schema/when';
import type { Step } from '../schema/scenario';
import type { NamedStep } from './scenario-case';

type Unnamed = Record<string, unknown>;

/** What a step does: `boot`, `http`, …; undefined when no key says it. */
export function kindOf(step: Unnamed): (typeof stepKeys)[number] | undefined {
  return stepKeys.find((key) => step[key] !== undefined);
}

/** `boot`, `boot-2`, … for the steps without a name of their own. */
class Names {
  readonly #used = new Map<string, number>();

  of(step: Unnamed): string {
    if (typeof step['as'] === 'string') return step['as'];
    const kind = kindOf(step) ?? 'step';
    const count = (this.#used.get(kind) ?? 0) + 1;
    this.#used.set(kind, count);
    return count === 1 ? kind : `${kind}-${count}`;
  }
}

/** The names of steps in order, those inside `parallel` after it. Steps may be anything that came out of the file. */
export function stepNames(
  steps: unknown,
  names = new Names(),
): { name: string; step: Unnamed; path: (string | number)[] }[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, index) => {
    if (typeof step !== 'object' || step === null) return [];
    const named = { name: names.of(step as Unnamed), step: step as Unnamed, path: [index] };
    const inside = stepNames((step as Unnamed)['parallel'], names);
    return [named, ...inside.map((each) => ({ ...each, path: [index, 'parallel', ...each.path] }))];
  });
}

/** The same steps, each with its name. */
export function nameSteps(steps: Step[]): NamedStep[] {
  const names = new Map(stepNames(steps).map(({ step, name }) => [step, name]));
  const named = (step: Step | NonNullable<Step['parallel']>[number]): NamedStep => {
    const { parallel, ...rest } = step as Step;
    const as = names.get(step)!;
    return parallel ? { ...rest, as, parallel: parallel.map(named) } : { ...rest, as };
  };
  return steps.map(named);
}
