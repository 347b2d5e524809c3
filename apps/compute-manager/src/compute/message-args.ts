import type { Instance } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { z } from 'zod';

const args = z.looseObject({ instance: z.looseObject({ uuid: z.uuid() }) });

/**
 * The instance of a message. Its uuid becomes a folder on this host, so nothing but a uuid may stand in its place.
 * @throws InvalidInput
 */
export function instanceOf(message: unknown): Instance {
  const { success, data, error } = args.safeParse(message);
  if (success) return data.instance as unknown as Instance;
  const reason = error.issues.map(({ path, message: problem }) => `${path.join('.')}: ${problem}`).join('; ');
  throw new novaException.InvalidInput({ reason });
}
