import { scrubValue } from './scrub-text';
import type { Attributes, AttributeValue, Span } from './span';

/** Something that a span says otherwise in B than in A; undefined where it says nothing. */
export interface Change {
  what: 'decision' | 'status' | 'attribute' | 'events';
  /** The attribute's name; `status` and `events` for these. */
  key: string;
  a: AttributeValue | undefined;
  b: AttributeValue | undefined;
}

/** A span with more of them lists the first ones. */
const MOST_CHANGES = 20;

/** Who was asked, by which scenario, when, how long it waited, through which port: no two runs share it. */
const OF_THE_RUN =
  /(?:^|[._])(?:id|uuids?|port|pid|url|request_id|waited_ms)$|^code\.|^hop\.level$|^scenario\.|^messaging\.message\.|^url\.full$/;

const DECISION = new Set(['chain.decision', 'chain.next']);
const STATUS = new Set(['error.type', 'http.response.status_code']);

function kindOf(key: string): Change['what'] {
  if (DECISION.has(key)) return 'decision';
  return STATUS.has(key) ? 'status' : 'attribute';
}

/** An attribute that differs between any two runs and so tells nothing. */
function ofTheRun(key: string): boolean {
  return OF_THE_RUN.test(key) && kindOf(key) === 'attribute';
}

/** Two values are equal when they differ in ids, ports, hosts or moments only; a list is equal to its JSON text. */
function textOf(value: AttributeValue | undefined, scrubText: (text: string) => string): string | undefined {
  if (value === undefined) return undefined;
  const scrubbed = scrubValue(value, scrubText);
  if (scrubbed === null) return '';
  return typeof scrubbed === 'object' ? scrubText(JSON.stringify(scrubbed)) : String(scrubbed);
}

const eventNames = ({ events }: Span) => (events.length === 0 ? undefined : events.map(({ name }) => name).sort());

interface Scrubbers {
  a: (text: string) => string;
  b: (text: string) => string;
}

/** What two spans at the same place say differently, decisions and status first. */
export function changesBetween(a: Span, b: Span, scrub: Scrubbers): Change[] {
  const changes: Change[] = [];
  const compare = (what: Change['what'], key: string, inA: AttributeValue | undefined, inB: typeof inA) => {
    if (textOf(inA, scrub.a) !== textOf(inB, scrub.b)) changes.push({ what, key, a: inA, b: inB });
  };
  const keys = (attributes: Attributes) => Object.keys(attributes).filter((key) => !ofTheRun(key));
  compare('status', 'status', a.status.code === 'error', b.status.code === 'error');
  for (const key of new Set([...DECISION, ...STATUS, ...keys(a.attributes), ...keys(b.attributes)])) {
    compare(kindOf(key), key, a.attributes[key], b.attributes[key]);
  }
  compare('events', 'events', eventNames(a), eventNames(b));
  return changes.slice(0, MOST_CHANGES);
}
