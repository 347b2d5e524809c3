import { closest } from 'fastest-levenshtein';
import { allEntries, findEntry } from '../catalogue/catalogue';
import { canDrop, canKill, isStreamHop, playedServices } from './abilities';
import { commonFields, kindFields, numberFields } from './fields';
import { Fault, faultKinds } from './plan';

/**
 * What is wrong with a fault and what to do, or undefined when it can fire. Whether its exception exists is not looked at:
 * the catalogue does not know.
 */
export function faultProblem(fault: Fault): string | undefined {
  return hopProblem(fault) ?? fieldProblem(fault) ?? placeProblem(fault);
}

function hopProblem({ hop, service }: Fault): string | undefined {
  const services = playedServices(hop);
  if (services.length === 0) {
    const played = allEntries().flatMap(({ id }) => (playedServices(id).length > 0 ? [id] : []));
    const why = findEntry(hop) ? `The lab does not play hop ${hop}.` : `There is no hop ${hop}.`;
    return `${why} Did you mean ${closest(hop, played)}?`;
  }
  if (service !== undefined && !services.includes(service)) {
    return `Hop ${hop} is not in ${service}; it is in ${services.join(', ')}.`;
  }
  return undefined;
}

function fieldProblem(fault: Fault): string | undefined {
  if (!faultKinds.includes(fault.kind)) return `There is no fault ${fault.kind}; use one of ${faultKinds.join(', ')}.`;
  const { must, may } = kindFields[fault.kind];
  const missing = must.find((field) => fault[field] === undefined);
  if (missing !== undefined) return `A fault ${fault.kind} needs ${missing}.`;
  const known: string[] = ['hop', 'kind', ...commonFields, ...must, ...may];
  const unknown = Object.keys(fault).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    return `A fault ${fault.kind} takes no ${unknown}. Did you mean ${closest(unknown, known)}?`;
  }
  for (const [field, { least, most, whole }] of Object.entries(numberFields)) {
    const value: unknown = fault[field as keyof Fault];
    if (value === undefined) continue;
    const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!fits) return `${field} must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`;
  }
  return undefined;
}

function placeProblem({ hop, kind }: Fault): string | undefined {
  if ((kind === 'truncate' || kind === 'corrupt') && !isStreamHop(hop)) {
    return `Hop ${hop} gives no bytes, so there is nothing to ${kind}; use ${list(isStreamHop)}.`;
  }
  if (kind === 'drop' && !canDrop(hop)) return `Hop ${hop} casts no message to drop; use ${list(canDrop)}.`;
  if (kind === 'kill' && !canKill(hop)) {
    return `Hop ${hop} runs without a pause, so its process cannot die there and still tell; use the hop that calls it.`;
  }
  return undefined;
}

function list(fits: (id: string) => boolean): string {
  return allEntries()
    .flatMap(({ id }) => (fits(id) ? [id] : []))
    .join(', ');
}
