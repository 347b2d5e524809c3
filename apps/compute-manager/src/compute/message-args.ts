import type { BuildAndRunArgs, Instance } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { z } from 'zod';

const instance = z.looseObject({
  id: z.int(),
  uuid: z.uuid(),
  kernel_id: z.union([z.uuid(), z.literal('')]),
  ramdisk_id: z.union([z.uuid(), z.literal('')]),
});

/** Ids become parts of file names on this host, so nothing but ids may stand in their places. */
const buildArgs = z.looseObject({ instance, image: z.looseObject({ id: z.uuid().optional() }) });
const terminateArgs = z.looseObject({ instance });

function check<T>(schema: z.ZodType<T>, args: unknown): T {
  const { success, data, error } = schema.safeParse(args);
  if (success) return data;
  const reason = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new novaException.InvalidInput({ reason });
}

/** @throws InvalidInput */
export function checkBuildArgs(args: BuildAndRunArgs): void {
  check(buildArgs, args);
}

/** @throws InvalidInput */
export function checkTerminateArgs(args: unknown): Instance {
  return check(terminateArgs, args).instance as unknown as Instance;
}
