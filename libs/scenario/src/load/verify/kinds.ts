import type { Assertion } from '../../schema/scenario';
import { stateKeys, traceKeys } from '../../schema/then';
import type { stepKeys } from '../../schema/when';
import { kindOf } from '../name-steps';
import type { Path, Tell } from '../problem';
import type { StepPart, Subject } from './subject';

type Kind = (typeof stepKeys)[number];
type Asked = Exclude<(typeof stateKeys)[number], 'image'> | 'trace';

/** Steps that send a request of their own, and so get an answer. */
export const requestKinds: readonly Kind[] = [
  'boot',
  'create_image',
  'list_images',
  'show_image',
  'download',
  'delete',
  'http',
];
/** Steps that leave a trace. */
const tracedKinds: readonly Kind[] = [...requestKinds, 'find_trace'];

/** Which steps bring what an assertion looks at. */
const sources: Record<Asked, { kinds: readonly Kind[]; what: string }> = {
  server: { kinds: ['boot'], what: 'a boot' },
  bytes_equal: { kinds: ['boot', 'download'], what: 'a boot or a download' },
  listed: { kinds: ['list_images'], what: 'a list of images' },
  http: { kinds: requestKinds, what: 'a request, so that it has an answer' },
  trace: { kinds: tracedKinds, what: 'a request, so that it leaves a trace' },
};

export function isOneOf({ value }: StepPart, kinds: readonly Kind[]): boolean {
  return kinds.includes(kindOf(value)!);
}

function isListOfMaps(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
}

/** What the assertion looks at, and the step that it names for that. */
function askedOf(assertion: Assertion): { asked: Asked; key: string; of?: string; path: Path } | undefined {
  const key = [...stateKeys, ...traceKeys].find((each) => assertion[each] !== undefined);
  if (key === undefined || key === 'image') return undefined;
  const state = key === 'server' || key === 'bytes_equal' || key === 'listed' || key === 'http' ? key : undefined;
  const inner = state && assertion[state]?.of;
  return {
    asked: state ?? 'trace',
    key,
    of: inner ?? assertion.of,
    path: inner === undefined ? ['of'] : [key, 'of'],
  };
}

/** An assertion must look at a step that brings what it is about. */
export function verifyKinds({ assertions, raw, steps, stepNames }: Subject, tell: Tell): void {
  // A step that is wrong itself might be the one.
  if (steps.length < stepNames.length || !isListOfMaps(raw['when'])) return;
  for (const { value, path } of assertions) {
    const { asked, key, of, path: place } = askedOf(value) ?? {};
    if (asked === undefined) continue;
    const { kinds, what } = sources[asked];
    const fitting = steps.filter((step) => isOneOf(step, kinds)).map(({ name }) => name);
    if (fitting.length === 0) tell([...path, key!], `There is no step that is ${what}: add one.`);
    else if (of !== undefined && stepNames.includes(of) && !fitting.includes(of)) {
      tell([...path, ...place!], `Step ${of} is not ${what}: name ${fitting.join(' or ')}.`);
    }
  }
}
