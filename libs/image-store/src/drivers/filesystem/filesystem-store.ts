import { Hop } from '@bootlab/hop';
import { storeException } from '@bootlab/openstack';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BitMasks, check } from '../../capabilities';
import type { AddedImage, GetOptions, Store, StoredImage } from '../../driver';
import type { Location } from '../../location';
import { ChunkedFile } from './chunked-file';
import { FilesystemStoreLocation } from './store-location';
import { writeFile } from './write-file';

const IMAGE_ID = /^[\w-]{1,64}$/;

/** Keeps each image as one file named by its id. Plays `glance_store._drivers.filesystem.Store`. */
export class FilesystemStore implements Store {
  readonly name = 'file';
  readonly schemes = ['file', 'filesystem'];
  readonly StoreLocation = FilesystemStoreLocation;
  capabilities = BitMasks.READ_RANDOM | BitMasks.WRITE_ACCESS | BitMasks.DRIVER_REUSABLE;
  readonly #datadir: string;

  /**
   * Removes what an upload left that was killed.
   * @param fileMode of a stored file; 0 leaves it to the umask
   */
  constructor(
    datadir: string,
    private readonly fileMode: number,
  ) {
    this.#datadir = resolve(datadir);
    try {
      mkdirSync(this.#datadir, { recursive: true });
      for (const name of readdirSync(this.#datadir)) if (name.endsWith('.part')) rmSync(join(this.#datadir, name));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(
        `Cannot write to ${this.#datadir} (${code}): make it writable or set filesystem_store_datadir in [glance_store] of glance-api.conf.`,
        { cause: error },
      );
    }
  }

  @check('get')
  @Hop('glance_store._drivers.filesystem.Store.get', {
    in: (location: Location) => ({ 'store.uri': location.uri }),
    out: ({ size }: StoredImage) => ({ 'image.size': size }),
  })
  async get(location: Location, { offset = 0, chunkSize }: GetOptions = {}): Promise<StoredImage> {
    const { path, size } = await this.resolveLocation(location);
    const length = Math.max(0, Math.min(chunkSize ?? size, size - offset));
    const file = await ChunkedFile.open(path, { offset, length });
    return { chunks: file.chunks(), size: chunkSize === undefined ? size : length };
  }

  async getSize(location: Location): Promise<number> {
    return (await this.resolveLocation(location)).size;
  }

  @check('add')
  @Hop('glance_store._drivers.filesystem.Store.add', {
    in: (imageId: string) => ({ 'image.id': imageId }),
    out: ({ size, uri }: AddedImage) => ({ 'image.stored_size': size, 'store.uri': uri }),
  })
  async add(imageId: string, data: AsyncIterable<Buffer>): Promise<AddedImage> {
    if (!IMAGE_ID.test(imageId)) throw new storeException.BadStoreUri({ uri: imageId });
    const path = join(this.#datadir, imageId);
    const { size, checksum } = await writeFile(path, imageId, data, this.fileMode);
    return { uri: `file://${path}`, size, checksum, metadata: {} };
  }

  @check('delete')
  @Hop('glance_store._drivers.filesystem.Store.delete', { in: (location: Location) => ({ 'store.uri': location.uri }) })
  async delete(location: Location): Promise<void> {
    const { path } = await this.resolveLocation(location);
    try {
      await unlink(path);
    } catch (error) {
      throw new storeException.Forbidden({ reason: `${path} cannot be removed` }, { cause: error });
    }
  }

  async close(): Promise<void> {}

  /** Only files of the data folder itself are images; anything else is not there. */
  @Hop('glance_store._drivers.filesystem.Store._resolve_location')
  async resolveLocation(location: Location): Promise<{ path: string; size: number }> {
    const path = resolve((location.storeLocation as FilesystemStoreLocation).path);
    const missing = new storeException.NotFound({ image: basename(path) });
    if (dirname(path) !== this.#datadir) throw missing;
    try {
      const found = await stat(path);
      if (!found.isFile()) throw missing;
      return { path, size: found.size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing;
      throw error;
    }
  }
}
