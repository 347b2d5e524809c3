import { loadConf, novaConf } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { hostname } from 'node:os';

/** What a compute host takes from nova.conf. */
@Injectable()
export class ComputeConf {
  /** Part of its RPC topic, and the name instances know it by. */
  readonly host: string;
  readonly instancesPath: string;
  /** 0 for no limit. */
  readonly maxConcurrentBuilds: number;
  readonly forceRawImages: boolean;
  readonly useCowImages: boolean;
  /** Seconds. */
  readonly rpcResponseTimeout: number;
  /** Memory in MB, disk in GiB. */
  readonly capacity: { vcpus: number; memory_mb: number; local_gb: number; reserved_memory_mb: number };

  constructor() {
    const { DEFAULT, compute_host } = loadConf(novaConf);
    this.host = DEFAULT.host ?? hostname();
    this.instancesPath = DEFAULT.instances_path;
    this.maxConcurrentBuilds = DEFAULT.max_concurrent_builds;
    this.forceRawImages = DEFAULT.force_raw_images;
    this.useCowImages = DEFAULT.use_cow_images;
    this.rpcResponseTimeout = DEFAULT.rpc_response_timeout;
    this.capacity = { ...compute_host, reserved_memory_mb: DEFAULT.reserved_host_memory_mb };
  }
}
