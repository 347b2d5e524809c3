import type { z } from 'zod';
import { fault } from '../../schema/faults';
import { given } from '../../schema/given';
import type { Assertion, Given, ScenarioFault, Step } from '../../schema/scenario';
import { assertion } from '../../schema/then';
import { step } from '../../schema/when';
import { stepNames } from '../name-steps';
import type { Path } from '../problem';

/** Something of the file that follows the schema, and where it stands. */
export interface Part<T> {
  value: T;
  path: Path;
}

export interface StepPart<T = Step> extends Part<T> {
  name: string;
  /** Names of the steps that have ended when this one starts: not of those beside it in `parallel`. */
  before: string[];
}

/** What is verified: the parts that follow the schema, and the names of all, so that one mistake does not bring others. */
export interface Subject {
  file: string;
  raw: Record<string, unknown>;
  given: Partial<Given>;
  faults: Part<ScenarioFault>[];
  steps: StepPart[];
  /** Also the steps that are wrong, as they stand in the file. */
  rawSteps: StepPart<Record<string, unknown>>[];
  assertions: Part<Assertion>[];
  images: string[];
  flavors: string[];
  /** Every step's name, in order. */
  stepNames: string[];
}

function parts<T>(items: unknown, schema: z.ZodType<T>, key: string): Part<T>[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item, index) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [{ value: parsed.data, path: [key, index] }] : [];
  });
}

/** What of `given` follows the schema, key by key and image by image. */
function givenOf(raw: unknown): Partial<Given> {
  const whole = given.safeParse(raw);
  if (whole.success || typeof raw !== 'object' || raw === null) return whole.data ?? {};
  const { images, ...rest } = raw as Record<string, unknown>;
  const fits = (key: string, value: unknown) => given.safeParse({ [key]: value });
  const entries = Object.entries(rest).flatMap(([key, value]) => {
    const { data } = fits(key, value);
    return data ? [[key, data[key as keyof Given]]] : [];
  });
  const wholeImages = Object.entries(images ?? {}).flatMap(([name, value]: [string, unknown]) =>
    Object.entries(fits('images', { [name]: value }).data?.images ?? {}),
  );
  return { ...(Object.fromEntries(entries) as Partial<Given>), images: Object.fromEntries(wholeImages) };
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

export function subjectOf(file: string, raw: Record<string, unknown>): Subject {
  const named = stepNames(raw['when']);
  const rawGiven = (raw['given'] ?? {}) as Record<string, unknown>;
  const rawSteps = named.map(({ name, step: value, path }) => ({
    name,
    value,
    path: ['when', ...path],
    before: named.filter((other) => other.path[0]! < path[0]!).map((other) => other.name),
  }));
  return {
    file,
    raw,
    given: givenOf(rawGiven),
    faults: parts(raw['faults'], fault, 'faults'),
    steps: rawSteps.flatMap((part) => {
      const parsed = step.safeParse(part.value);
      return parsed.success ? [{ ...part, value: parsed.data }] : [];
    }),
    rawSteps,
    assertions: parts(raw['then'], assertion, 'then'),
    images: [...keysOf(rawGiven['images']), ...named.flatMap(({ name, step: value }) => (value['create_image'] === undefined ? [] : name))], // prettier-ignore
    flavors: keysOf(rawGiven['flavors']),
    stepNames: named.map(({ name }) => name),
  };
}
