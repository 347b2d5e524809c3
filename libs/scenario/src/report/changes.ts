import { AttributeValue, compareNano, hopId, nanoBetween, Span } from '@bootlab/trace-model';

/** Something that changed or was told, in the order of time. */
export interface Change {
  /** Nanoseconds after the trace's first start. */
  atNano: number;
  service: string;
  /** Name of the span. */
  where: string;
  /** In words, e.g. `instance building, spawning`. */
  what: string;
}

/** The functions that write a state down, and where their spans say it. */
const WRITERS: Readonly<Record<string, { thing: string; id: string; states: readonly string[] }>> = Object.fromEntries(
  [
    ...['create', 'save'].map((name) => ({ hop: `nova.objects.instance.Instance.${name}`, thing: 'instance', id: 'instance.uuid', states: ['instance.vm_state', 'instance.task_state'] })), // prettier-ignore
    ...['create', 'update', 'destroy'].map((name) => ({ hop: `glance.db.sqlalchemy.api.image_${name}`, thing: 'image', id: 'image.id', states: ['image.status'] })), // prettier-ignore
  ].map(({ hop, ...writer }) => [hop, writer]),
);

const shown = (value: AttributeValue | undefined) => (typeof value === 'string' ? value : JSON.stringify(value));

function stateOf({ attributes }: Span): { key: string; what: string } | undefined {
  const writer = WRITERS[hopId(attributes) ?? ''];
  const values = writer?.states.map((name) => attributes[name]).filter((value) => value !== undefined) ?? [];
  if (writer === undefined || values.length === 0) return undefined;
  const key = shown(attributes[writer.id]);
  const states = values.map(shown).filter((value) => value !== 'None');
  return { key, what: `${writer.thing} ${key}: ${states.join(', ')}` };
}

/** The event's type is its heading; who publishes it is in the row, and how urgent it is, its name says. */
const UNTOLD = /(^|[._])event_type$|^notification\.(publisher_id|priority)$/;

function eventText({ name, attributes }: Span['events'][number]): string {
  const type = attributes['notification.event_type'] ?? attributes['event_type'];
  const details = Object.entries(attributes).flatMap(([key, value]) => (UNTOLD.test(key) ? [] : [[key.replace('notification.', ''), value] as const])); // prettier-ignore
  const heading = type === undefined ? name : `${name} ${shown(type)}`;
  return [heading, ...details.map(([key, value]) => `${key}=${shown(value)}`)].join(' ');
}

/** Changes of state that were written down, and events of the spans; exceptions are told where they failed. */
export function changesOf(spans: readonly Span[]): Change[] {
  const sorted = [...spans].sort((a, b) => compareNano(a.startTimeUnixNano, b.startTimeUnixNano));
  const first = sorted[0]?.startTimeUnixNano ?? '0';
  const known = new Map<string, string>();
  const changes = sorted.flatMap((span) => {
    const at = (time: string) => ({ atNano: nanoBetween(first, time), service: span.service, where: span.name });
    const state = stateOf(span);
    const isNew = state !== undefined && known.get(state.key) !== state.what;
    if (isNew) known.set(state.key, state.what);
    const events = span.events.filter(({ name }) => name !== 'exception');
    return [
      ...(isNew ? [{ ...at(span.startTimeUnixNano), what: state.what }] : []),
      ...events.map((event) => ({ ...at(event.timeUnixNano), what: eventText(event) })),
    ];
  });
  return changes.sort((a, b) => a.atNano - b.atNano);
}
