import { faultableExceptions } from '@bootlab/fault';
import { faultProblem } from '@bootlab/hop';
import { exceptionOf, faultKind, toFault } from '../../fault-plan';
import { shortHop } from '../../schema/hops';
import { suggest } from '../../schema/nearest';
import type { ScenarioFault } from '../../schema/scenario';
import type { Tell } from '../problem';
import { isOneOf, requestKinds } from './kinds';
import type { Subject } from './subject';

function exceptionProblem(fault: ScenarioFault): string | undefined {
  const { name, dotted } = exceptionOf(fault);
  if (dotted !== undefined) return undefined;
  const names = faultableExceptions(fault.at).map((each) => each.name);
  const hop = shortHop(fault.at);
  if (names.length === 0) return `${hop} raises no exception that the lab can make: choose another hop, or delay it.`;
  return `${hop} cannot raise ${name}.${suggest(name, names)} \`bootlab hop show ${hop}\` tells what it raises.`;
}

function hostProblem({ on }: ScenarioFault, count: number): string | undefined {
  const host = typeof on === 'object' ? on.host : undefined;
  const hosts = Array.from({ length: count }, (_, index) => `compute${index + 1}`);
  if (host === undefined || (count > 1 && hosts.includes(host))) return undefined;
  if (count === 1) return 'There is one compute host, with the name of its machine: say hosts: { count: 2 } in given, or take host away.'; // prettier-ignore
  return `There is no host ${host}.${suggest(host, hosts)}`;
}

/** A fault must be able to happen where it stands. */
export function verifyFaults({ faults, given, steps, stepNames }: Subject, tell: Tell): void {
  for (const { value: fault, path } of faults) {
    const kind = faultKind(fault);
    const problem = faultProblem(toFault(fault));
    const wrongService = problem !== undefined && problem === faultProblem({ ...toFault(fault), kind: 'hang' });
    if (problem !== undefined) tell([...path, wrongService && fault.on !== undefined ? 'on' : kind], problem);
    const unraisable = kind === 'error' ? exceptionProblem(fault) : undefined;
    if (unraisable !== undefined) tell([...path, 'error'], unraisable);
    const noHost = hostProblem(fault, given.hosts?.count ?? 1);
    if (noHost !== undefined) tell([...path, 'on', 'host'], noHost);
    fault.steps?.forEach((name, index) => {
      const step = steps.find((each) => each.name === name);
      if (!stepNames.includes(name)) tell([...path, 'steps', index], `There is no step ${name}.${suggest(name, stepNames)}`); // prettier-ignore
      else if (step && !isOneOf(step, requestKinds)) tell([...path, 'steps', index], `Step ${name} sends no request that could carry the fault.`); // prettier-ignore
    });
  }
}
