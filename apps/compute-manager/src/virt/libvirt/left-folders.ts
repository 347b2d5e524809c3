import type { Instance } from '@bootlab/nova';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ComputeConf } from '../../compute-conf';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Folders of instances that were deleted while this host was away. Plays `_cleanup_running_deleted_instances`. */
@Injectable()
export class LeftFolders {
  constructor(
    private readonly conf: ComputeConf,
    private readonly logger: LabLogger,
  ) {}

  /** Removes the folders of all instances but these. */
  async removeAllBut(instances: Instance[]): Promise<void> {
    const known = new Set(instances.map(({ uuid }) => uuid));
    const { instancesPath } = this.conf;
    for (const name of await readdir(instancesPath)) {
      if (!UUID.test(name) || known.has(name)) continue;
      await rm(join(instancesPath, name), { recursive: true });
      this.logger.warn(`Removed ${name} from ${instancesPath}: the instance was deleted while this host was away.`);
    }
  }
}
