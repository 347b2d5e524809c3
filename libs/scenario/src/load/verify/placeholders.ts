import { suggest } from '../../schema/nearest';
import type { Path, Tell } from '../problem';
import type { Subject } from './subject';

const PLACEHOLDER = /\$\{([^}]*)\}?/g;
/** What `images.NAME.id` and `steps.NAME.id` can stand for. */
const BRINGS_ID = ['boot', 'create_image', 'show_image', 'download'] as const;

/** What a text may name, and what of it is known only at another time. */
interface Known {
  names: string[];
  /** Why a name stands for nothing here. */
  later: Map<string, string>;
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

const stepId = (name: string) => `steps.${name}.id`;
const imageId = (name: string) => `images.${name}.id`;

/** What is known before the first step, apart from the matrix: the HTTP server, and only when the scenario has one. */
function always({ given, raw }: Subject): Known {
  const served = given.web !== undefined || Object.values(given.images ?? {}).some(({ store }) => store === 'http');
  const later = served ? [] : [['web', 'the scenario has no HTTP server: say in given.web what it answers'] as const];
  return { names: ['web', 'project', ...keysOf(raw['matrix'])], later: new Map(later) };
}

/** What a step may name once those before it have ended. */
function atStep(subject: Subject, before: readonly string[]): Known {
  const { given, images, steps } = subject;
  const { names, later } = always(subject);
  const soon = 'it is not there yet: put the step that makes it before this one';
  const made = steps.filter(({ name, value }) => value.create_image && !Object.hasOwn(given.images ?? {}, name));
  for (const { name } of made) if (!before.includes(name)) later.set(imageId(name), soon);
  for (const { name, value } of steps) {
    if (!before.includes(name)) later.set(stepId(name), soon);
    else if (!BRINGS_ID.some((key) => value[key] !== undefined)) {
      later.set(stepId(name), `step ${name} makes no server and no image`);
    }
  }
  return { names: [...names, ...images.map(imageId), ...subject.stepNames.map(stepId)], later };
}

/** In `given` an image is no more than its name. */
function inGiven(subject: Subject): Known {
  const { names, later } = always(subject);
  const { images, stepNames } = subject;
  const ids = [...images.map(imageId), ...stepNames.map(stepId)];
  for (const name of ids) later.set(name, 'what is given is prepared before it is there');
  return { names: [...names, ...ids], later };
}

function verifyText(text: string, { names, later }: Known, path: Path, tell: Tell): void {
  for (const [, name = ''] of text.matchAll(PLACEHOLDER)) {
    if (!names.includes(name)) tell(path, `\${${name}} stands for nothing.${suggest(name, names)}`);
    else if (later.has(name)) tell(path, `\${${name}} stands for nothing here: ${later.get(name)!}.`);
  }
}

function walk(value: unknown, path: Path, visit: (text: string, path: Path) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, [...path, key], visit);
  }
}

/** Each `${name}` must stand for something when the scenario gets there. */
export function verifyPlaceholders(subject: Subject, tell: Tell): void {
  const { raw, rawSteps, stepNames } = subject;
  const verifyAll = (value: unknown, path: Path, known: Known) =>
    walk(value, path, (text, place) => verifyText(text, known, place, tell));
  verifyAll(raw['given'], ['given'], inGiven(subject));
  verifyAll(raw['faults'], ['faults'], { names: keysOf(raw['matrix']), later: new Map() });
  for (const { value, path, before } of rawSteps) {
    if (value['parallel'] === undefined) verifyAll(value, path, atStep(subject, before));
  }
  verifyAll(raw['then'], ['then'], atStep(subject, stepNames));
}
