import type { Step } from '../../schema/scenario';
import type { Tell } from '../problem';
import type { Subject } from './subject';

/** Which steps bring what an assertion on a state looks at. */
const sources = {
  server: { kinds: ['boot'], what: 'a boot' },
  bytes_equal: { kinds: ['boot', 'download'], what: 'a boot or a download' },
  listed: { kinds: ['list_images'], what: 'a list of images' },
} as const;

function isOneOf(step: Step, kinds: readonly (keyof Step)[]): boolean {
  return kinds.some((kind) => step[kind] !== undefined);
}

/** An assertion on a state must look at a step that brings one. */
export function verifyKinds({ assertions, steps, stepNames }: Subject, tell: Tell): void {
  // A step that is wrong itself might be the one.
  if (steps.length < stepNames.length) return;
  for (const { value, path } of assertions) {
    for (const key of ['server', 'bytes_equal', 'listed'] as const) {
      const asked = value[key];
      if (asked === undefined) continue;
      const { kinds, what } = sources[key];
      const name = asked.of ?? value.of;
      const named = steps.find((step) => step.name === name);
      if (named && !isOneOf(named.value, kinds)) tell([...path, key], `Step ${named.name} is not ${what}.`);
      if (name === undefined && !steps.some((step) => isOneOf(step.value, kinds))) {
        tell([...path, key], `There is no step that is ${what}: add one.`);
      }
    }
  }
}
