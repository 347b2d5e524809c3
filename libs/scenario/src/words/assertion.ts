import { shortHop } from '../schema/hops';
import type { Assertion } from '../schema/scenario';
import { listInWords, timeInWords } from './quantity';
import { describeSpan } from './span';

type Words = { [K in keyof Assertion]-?: (value: NonNullable<Assertion[K]>) => string };

function shown(value: string | number | boolean | null): string {
  return value === null ? 'none' : String(value);
}

function bounds(least: string | undefined, most: string | undefined): string {
  return [least === undefined ? '' : `at least ${least}`, most === undefined ? '' : `at most ${most}`].filter((part) => part !== '').join(' and '); // prettier-ignore
}

function has(subject: string, facts: string[]): string {
  return `${subject} has ${listInWords(facts)}`;
}

function fault({ code, message }: NonNullable<NonNullable<Assertion['server']>['fault']>): string {
  return ['a fault', code === undefined ? '' : ` ${code}`, message === undefined ? '' : ` that says ${message}`].join(
    '',
  );
}

const words: Omit<Words, 'of' | 'why'> = {
  server: ({ of, status, task_state: task, fault: wrong }) =>
    has(of === undefined ? 'the server' : `server ${of}`, [
      ...(status === undefined ? [] : [`status ${status}`]),
      ...(task === undefined ? [] : [`task state ${shown(task)}`]),
      ...(wrong === undefined ? [] : [fault(wrong)]),
    ]),
  image: ({ of, status, size, properties = {} }) =>
    has(`image ${of}`, [
      ...(status === undefined ? [] : [`status ${status}`]),
      ...(size === undefined ? [] : [`${size} bytes`]),
      ...Object.entries(properties).map(([name, value]) => `${name} = ${shown(value)}`),
    ]),
  http: ({ of, status, message, headers = {} }) =>
    has(of === undefined ? 'the answer' : `the answer to ${of}`, [
      ...(status === undefined ? [] : [`status ${status}`]),
      ...(message === undefined ? [] : [`the message ${message}`]),
      ...Object.entries(headers).map(([name, value]) => `${name}: ${shown(value)}`),
    ]),
  bytes_equal: ({ of, image }) => `the bytes${of === undefined ? '' : ` of ${of}`} are those of ${image}`,
  listed: ({ of, names }) => `${of ?? 'the list'} shows ${names.length === 0 ? 'no image' : listInWords(names)}`,
  path: (path) => {
    const { hops, order } = Array.isArray(path) ? { hops: path, order: 'ancestor' } : path;
    return hops.map(shortHop).join(order === 'ancestor' ? ' → ' : ', then ');
  },
  present: (span) => (typeof span === 'string' ? `${describeSpan(span)} is there` : describeSpan(span)),
  absent: (span) => `nowhere ${describeSpan(span)}`,
  count: ({ of, is }) =>
    `${describeSpan(of)}: ${typeof is === 'number' ? is : bounds(is.min?.toString(), is.max?.toString())} times`,
  edge: ({ parent, child, direct }) =>
    `${describeSpan(child)} ${direct ? 'directly ' : ''}below ${describeSpan(parent)}`,
  order: (spans) => spans.map(describeSpan).join(', then '),
  duration: ({ of, to, at_least: least, at_most: most }) => {
    const limits = bounds(least === undefined ? undefined : timeInWords(least), most === undefined ? undefined : timeInWords(most)); // prettier-ignore
    return `${to === undefined ? describeSpan(of) : `from ${describeSpan(of)} to ${describeSpan(to)}`} takes ${limits}`;
  },
  service_edges: ({ include, exactly }) =>
    [
      ...(include === undefined ? [] : [`there are the hand-overs ${listInWords(include)}`]),
      ...(exactly === undefined ? [] : [`the hand-overs are exactly ${listInWords(exactly)}`]),
    ].join(', and '),
  errors: (hops) => (hops.length === 0 ? 'no hop failed' : `exactly these failed: ${listInWords(hops.map(shortHop))}`),
  complete: (complete) => {
    if (typeof complete === 'object') return `the trace lacks ${complete.missing}`;
    return complete ? 'the trace is complete' : 'the trace is not complete';
  },
  shape: (shape) => `the trace is as the reference${shape === true ? '' : ` ${shape}`}`,
};

/** What must hold: `Controller._get_from_store failed with NotFound`. */
export function describeAssertion(assertion: Assertion): string {
  const kind = (Object.keys(words) as (keyof typeof words)[]).find((key) => assertion[key] !== undefined)!;
  const text = (words[kind] as (value: unknown) => string)(assertion[kind]);
  return assertion.of === undefined ? text : `${assertion.of}: ${text}`;
}
