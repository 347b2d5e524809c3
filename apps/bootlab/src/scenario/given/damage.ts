import type { GivenImage } from '@bootlab/scenario';
import { open, rm, truncate } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseRun } from '../case-run';
import { sendJson } from '../send';

type Damage = NonNullable<GivenImage['stored']>;

async function storedFile(run: CaseRun, imageId: string): Promise<string> {
  const path = `/images/${imageId}`;
  const { image } = await sendJson<{ image: { location: string } }>(
    'The stored file is not known',
    run.admin(),
    'registry',
    'GET',
    path,
  );
  const file = image.location.startsWith('file://') ? fileURLToPath(image.location) : image.location;
  if (!file.startsWith(run.home + sep))
    throw new Error(`The image is stored at ${file}, outside of the lab's home: nothing there is damaged.`);
  return file;
}

async function flipByte(file: string, offset: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const byte = Buffer.alloc(1);
    const { bytesRead } = await handle.read(byte, 0, 1, offset);
    if (bytesRead === 0) throw new Error(`The stored image ends before byte ${offset}.`);
    byte[0]! ^= 0xff;
    await handle.write(byte, 0, 1, offset);
  } finally {
    await handle.close();
  }
}

/** Damages the file in which the file store keeps an image. */
export async function damage(
  run: CaseRun,
  imageId: string,
  { missing, truncate: length, corrupt }: Damage,
): Promise<void> {
  const file = await storedFile(run, imageId);
  if (missing) await rm(file);
  if (length !== undefined) await truncate(file, length);
  if (corrupt !== undefined) await flipByte(file, corrupt);
}
