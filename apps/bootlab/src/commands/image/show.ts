import { RequestContext } from '@bootlab/openstack';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { printJson } from '../../cli/output';
import { withImages } from '../../cloud/glance';
import { imageId } from '../../cloud/images';
import { printImage } from './print-image';

export async function showImage(nameOrId: string, { json = false }: { json?: boolean }): Promise<ExitCode> {
  const id = await imageId(nameOrId);
  const image = await withImages((images) => images.get(RequestContext.admin(), id));
  if (json) printJson(image);
  else printImage(image);
  return exitCodes.ok;
}
