import { hop } from '@bootlab/hop';
import type { Flavor } from './flavor';
import type { ImageDict } from './image-meta';

/** What a host must offer for one instance. Plays `nova.objects.request_spec.RequestSpec`. */
export interface RequestSpec {
  instance_uuid: string;
  project_id: string | null;
  user_id: string | null;
  /** The image's metadata as it travels to the compute host. */
  image: ImageDict;
  flavor: Flavor;
  /** Instances of the request, not only the one of this spec. */
  num_instances: number;
  availability_zone: string | null;
  /** Hosts the user named (an administrator may, in `availability_zone`). */
  force_hosts: string[];
  force_nodes: string[];
  ignore_hosts: string[];
  instance_group: string | null;
  scheduler_hints: Record<string, unknown>;
  security_groups: string[];
}

type Components = Pick<RequestSpec, 'instance_uuid' | 'project_id' | 'user_id' | 'image' | 'flavor' | 'num_instances'> &
  Partial<RequestSpec>;

/** Makes the request of one instance. Plays `RequestSpec.from_components`. */
export const requestSpecFromComponents = hop(
  'nova.objects.request_spec.RequestSpec.from_components',
  function fromComponents(components: Components): RequestSpec {
    return {
      availability_zone: null,
      force_hosts: [],
      force_nodes: [],
      ignore_hosts: [],
      instance_group: null,
      scheduler_hints: {},
      security_groups: [],
      ...components,
    };
  },
  { in: ({ instance_uuid, flavor }) => ({ 'instance.uuid': instance_uuid, 'flavor.name': flavor.name }) },
);
