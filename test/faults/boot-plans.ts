import { faultableExceptions } from '@bootlab/fault';
import { canDrop, canKill, Fault, FaultKind, isStreamHop } from '@bootlab/hop';
import fc from 'fast-check';
import { stringify } from 'yaml';

/** A hop, and a service that passes it on a boot. */
export interface Place {
  hop: string;
  service: string;
}

export const sources = ['raw', 'qcow2', 'http'] as const;

/** A boot that goes wrong: which image is booted, whether the host has it already, and what breaks. */
export interface BootPlan {
  source: (typeof sources)[number];
  warm: boolean;
  faults: Fault[];
}

export const IMAGE_BYTES = 40 * 1024;
const LONGEST_WAIT_MS = 60;

/** Mostly each passage, since many hops have one. */
const passages = fc.option(
  fc.record(
    {
      times: fc.integer({ min: 1, max: 3 }),
      after: fc.integer({ min: 0, max: 2 }),
      every: fc.integer({ min: 1, max: 3 }),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    },
    { requiredKeys: [] },
  ),
  { nil: {}, freq: 2 },
);

const milliseconds = fc.integer({ min: 0, max: LONGEST_WAIT_MS });
const bytes = fc.oneof(fc.constantFrom(0, 1, IMAGE_BYTES - 1, IMAGE_BYTES), fc.integer({ min: 0, max: IMAGE_BYTES }));

/** What a fault of that kind says at the hop; nothing when it does not fit there. */
function ofKind(hop: string, kind: FaultKind): fc.Arbitrary<Partial<Fault>>[] {
  switch (kind) {
    case 'delay':
      return [fc.record({ ms: milliseconds, jitterMs: milliseconds }, { requiredKeys: ['ms'] })];
    case 'hang':
      return [fc.record({ forMs: milliseconds })];
    case 'truncate':
    case 'corrupt':
      return isStreamHop(hop) ? [fc.record({ bytes })] : [];
    case 'drop':
      return canDrop(hop) ? [fc.constant({})] : [];
    case 'kill':
      return canKill(hop) ? [fc.constant({})] : [];
    case 'error': {
      const names = faultableExceptions(hop).map(({ dotted }) => dotted);
      return names.length === 0 ? [] : [fc.record({ exception: fc.constantFrom(...names) })];
    }
  }
}

/** A fault at one of the places: of each kind as often, as far as it fits there. */
function faultAt(places: readonly Place[], kinds: readonly FaultKind[]): fc.Arbitrary<Fault> {
  const ways = kinds.map((kind) => ({ kind, fit: places.filter(({ hop }) => ofKind(hop, kind).length > 0) }));
  return fc
    .constantFrom(...ways.filter(({ fit }) => fit.length > 0))
    .chain(({ kind, fit }) =>
      fc
        .constantFrom(...fit)
        .chain((place) => fc.tuple(fc.constant({ ...place, kind }), ...ofKind(place.hop, kind), passages)),
    ) // prettier-ignore
    .map((parts) => Object.assign({}, ...parts) as Fault);
}

/** Plans with faults of these kinds, at most so many. */
export function bootPlans(places: readonly Place[], kinds: readonly FaultKind[], most: number): fc.Arbitrary<BootPlan> {
  return fc.record({
    source: fc.constantFrom(...sources),
    warm: fc.boolean(),
    faults: fc.array(faultAt(places, kinds), { minLength: 1, maxLength: most }),
  });
}

function asWritten({ hop, service, kind, ms, jitterMs, exception, bytes, forMs, ...where }: Fault): object {
  const said: Record<FaultKind, unknown> = {
    delay: jitterMs === undefined ? `${ms} ms` : { of: `${ms} ms`, jitter: `${jitterMs} ms` },
    error: exception,
    truncate: bytes,
    corrupt: bytes,
    hang: { at_most: `${forMs} ms` },
    drop: true,
    kill: true,
  };
  return { at: hop, on: service, [kind]: said[kind], ...where };
}

/** The plan as a scenario, to be run again with the seed of the spec. */
export function asScenario({ source, warm, faults }: BootPlan): string {
  const image = source === 'qcow2' ? { header: 'qcow2', disk_format: 'qcow2' } : source === 'http' ? { store: 'http' } : {}; // prettier-ignore
  return stringify({
    name: 'found',
    title: 'A plan that the property test has found',
    about: 'Every boot ends, and leaves nothing half-written.',
    given: { images: { disk: { size: IMAGE_BYTES, ...image } }, cache: warm ? 'warm' : 'cold' },
    faults: faults.map(asWritten),
    when: [{ boot: { image: 'disk' } }],
    then: [{ complete: true }],
  });
}
