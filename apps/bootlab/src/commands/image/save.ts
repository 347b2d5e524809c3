import { RequestContext } from '@bootlab/openstack';
import { formatBytes } from '../../cli/bytes';
import { ExitCode, exitCodes } from '../../cli/exit-codes';
import { Failure } from '../../cli/failure';
import { print } from '../../cli/output';
import { writeWholeFile } from '../../cli/whole-file';
import { withImages } from '../../cloud/glance';
import { imageId } from '../../cloud/images';
import { progress, Progress } from './progress';

async function* counted(chunks: AsyncIterable<Buffer>, { tell }: Progress): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    tell(bytes);
  }
}

/** Downloads an image; the client compares its checksum. */
export async function saveImage(nameOrId: string, { file }: { file: string }): Promise<ExitCode> {
  const id = await imageId(nameOrId);
  await withImages(async (images) => {
    const { meta, chunks } = await images.data(RequestContext.admin(), id);
    if (chunks === null) throw new Failure(`Image ${id} has no bytes: its status is ${meta.status}.`);
    const bar = progress('Downloading', meta.size ?? 0);
    try {
      const written = await writeWholeFile(file, counted(chunks, bar));
      bar.end();
      print(`${file} has the ${formatBytes(written)} of image ${id}.`);
    } finally {
      bar.end();
    }
  });
  return exitCodes.ok;
}
