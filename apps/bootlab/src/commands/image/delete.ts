import { RequestContext } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print } from '../../cli/output';
import { withImages } from '../../cloud/glance';
import { imageId } from '../../cloud/images';

export async function deleteImages(namesOrIds: string[]): Promise<ExitCode> {
  for (const nameOrId of namesOrIds) {
    const id = await imageId(nameOrId);
    await withImages((images) => images.delete(RequestContext.admin(), id));
    print(`Image ${id} is deleted.`);
  }
  return exitCodes.ok;
}
