import { RequestContext } from '@bootlab/openstack';
import { formatBytes } from '../../cli/bytes';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { print, printJson } from '../../cli/output';
import { table } from '../../cli/table';
import { withImages } from '../../cloud/glance';

const PAGE_SIZE = 1000;

export async function listImages({ json = false }: { json?: boolean }): Promise<ExitCode> {
  const images = await withImages((manager) =>
    manager.list(RequestContext.admin(), { isPublic: null, pageSize: PAGE_SIZE }),
  );
  if (json) printJson(images);
  else if (images.length === 0) print('There are no images: upload one with `bootlab image create`.');
  else {
    const rows = images.map((image) => [
      image.id,
      image.name ?? undefined,
      image.status,
      image.size === null ? undefined : formatBytes(image.size),
      image.disk_format ?? undefined,
      image.container_format ?? undefined,
      image.is_public ? 'yes' : 'no',
    ]);
    print(table(['ID', 'NAME', 'STATUS', 'SIZE', 'DISK', 'CONTAINER', 'PUBLIC'], rows));
  }
  return exitCodes.ok;
}
