import type { BuildRequest, Instance, InstanceFault, NewInstance } from '@bootlab/nova';

/** A server as the API shows it: an instance, or what stands for it until it has a row. */
export interface Server {
  instance: NewInstance & Partial<Pick<Instance, 'id' | 'updated_at'>>;
  /** Its latest, if it ever went wrong. */
  fault?: InstanceFault & { created_at: string };
}

export function serverOfBuildRequest({ instance }: BuildRequest): Server {
  return { instance };
}
