import { hop } from '@bootlab/hop';
import { OpenStackException } from '@bootlab/openstack';
import type { InstanceFault } from '../objects/instance-fault';

const LONGEST_MESSAGE_BYTES = 255;
const UNEXPECTED = 500;

/** Cuts text so that it has at most `bytes` in UTF-8, without cutting a character. */
export function safeTruncate(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  return Buffer.from(text)
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}

/**
 * Code and message of an exception as a fault has them. Of an exception that is not nova's own only the name is told: its words
 * may be meant for administrators, who find them in the details.
 */
const exceptionToDict = hop(
  'nova.compute.utils.exception_to_dict',
  function exceptionToDict(error: Error, message?: string): Pick<InstanceFault, 'code' | 'message'> {
    const known = error instanceof OpenStackException && error.module === 'nova.exception';
    const told = message || (known && error.message) || error.name;
    return { code: known ? error.code : UNEXPECTED, message: safeTruncate(told, LONGEST_MESSAGE_BYTES) };
  },
);

/**
 * Records why an instance went wrong. The stack goes along for unexpected errors (code 500).
 * @param create writes the fault, in the database or through the conductor
 * @param message replaces the exception's own
 */
export const addInstanceFaultFromExc = hop(
  'nova.compute.utils.add_instance_fault_from_exc',
  async function addInstanceFaultFromExc(
    create: (fault: InstanceFault) => Promise<void>,
    instanceUuid: string,
    host: string | null,
    error: Error,
    message?: string,
  ): Promise<void> {
    const fault = exceptionToDict(error, message);
    const details = fault.code === UNEXPECTED ? (error.stack ?? null) : null;
    await create({ instance_uuid: instanceUuid, ...fault, details, host });
  },
  {
    in: (...[, uuid, , error]) => ({ 'instance.uuid': uuid, 'fault.type': error.name }),
  },
);
