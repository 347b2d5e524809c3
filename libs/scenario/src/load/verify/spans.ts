import { faultableExceptions } from '@bootlab/fault';
import { allEntries, playedServices } from '@bootlab/hop';
import { closest, distance } from 'fastest-levenshtein';
import { suggest } from '../../schema/nearest';
import type { Assertion } from '../../schema/scenario';
import type { Path, Tell } from '../problem';
import { serviceNames } from './references';
import type { Subject } from './subject';

type Match = Exclude<NonNullable<Assertion['present']>, string>;

const exceptions = [...new Set(allEntries().flatMap(({ id }) => faultableExceptions(id).map(({ name }) => name)))];

/** Every description of a span in an assertion, and where it stands. */
function matchesOf({
  present,
  absent,
  count,
  edge,
  order = [],
  duration,
}: Assertion): [Match | string | undefined, Path][] {
  return [
    [present, ['present']],
    [absent, ['absent']],
    [count?.of, ['count', 'of']],
    [edge?.parent, ['edge', 'parent']],
    [edge?.child, ['edge', 'child']],
    ...order.map((match, index): [Match | string, Path] => [match, ['order', index]]),
    [duration?.of, ['duration', 'of']],
    [duration?.to, ['duration', 'to']],
  ];
}

function serviceProblem({ hop, service }: Match): string | undefined {
  if (service === undefined || service.includes('${')) return undefined;
  if (!serviceNames.includes(service)) return `There is no service ${service}.${suggest(service, serviceNames)}`;
  const played = hop === undefined ? [service] : playedServices(hop);
  return played.includes(service) ? undefined : `Hop ${hop} is not in ${service}; it is in ${played.join(', ')}.`;
}

/** Errors of Node.js and of HTTP are named too, so only a slip of the pen is one. */
function errorProblem({ error }: Match): string | undefined {
  if (error === undefined || exceptions.includes(error)) return undefined;
  const near = closest(error, exceptions);
  return distance(error, near) <= 2 ? `There is no exception ${error}. Did you mean ${near}?` : undefined;
}

/** A span has failed exactly when it has an error, and a hop then when its decision says so. */
function contradiction({ failed, error, decision }: Match): string | undefined {
  const fails = [failed, error === undefined ? undefined : true, decision === undefined ? undefined : decision === 'failed']; // prettier-ignore
  const never = fails.includes(true) && fails.includes(false);
  return never ? 'No span can both fail and not fail: make failed, error and decision agree.' : undefined;
}

/** A description of a span must be one that a span can have. */
export function verifySpans({ assertions }: Subject, tell: Tell): void {
  for (const { value, path } of assertions) {
    for (const [match, place] of matchesOf(value)) {
      if (typeof match !== 'object') continue;
      const at = [...path, ...place];
      const problems = { service: serviceProblem(match), error: errorProblem(match) };
      for (const [key, problem] of Object.entries(problems)) if (problem !== undefined) tell([...at, key], problem);
      const never = contradiction(match);
      if (never !== undefined) tell(at, never);
    }
  }
}
