import type { RequestContext } from '@bootlab/openstack';
import type { Location, StoreLocation } from './location';

/** What a store gives for a location. */
export interface StoredImage {
  /** A chunk is valid until the next one is asked for: its memory is used again. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes that will come, when the store knows. */
  size?: number;
}

export interface GetOptions {
  /** First byte wanted. */
  offset?: number;
  /** How many bytes are wanted from there. */
  chunkSize?: number;
  context?: RequestContext;
}

/** What a store says once it has taken an image. */
export interface AddedImage {
  uri: string;
  size: number;
  /** MD5 of the bytes, in hex. */
  checksum: string;
  metadata: Record<string, unknown>;
}

/** A back end for image bytes. Plays `glance_store.driver.Store`. */
export interface Store {
  /** Name in `[glance_store] stores`. */
  readonly name: string;
  readonly schemes: readonly string[];
  /** Bits of {@link BitMasks}. */
  capabilities: number;
  readonly StoreLocation: new () => StoreLocation;

  /** @throws storeException.NotFound and what the driver's table says */
  get(location: Location, options?: GetOptions): Promise<StoredImage>;
  /** Bytes of the image, 0 when the store cannot tell. */
  getSize(location: Location): Promise<number>;
  /**
   * Takes `size` bytes, or as many as come when it is 0. Leaves nothing behind when it fails. The memory of a chunk must not be used again,
   * because writing it goes on while the next one is asked for.
   */
  add(imageId: string, data: AsyncIterable<Buffer>, size: number): Promise<AddedImage>;
  delete(location: Location): Promise<void>;
  close(): Promise<void>;
}

/** Chunks whose reading begins, and whose hop hangs, where they are first asked for. */
export function lazily(begin: () => AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  return { [Symbol.asyncIterator]: () => begin()[Symbol.asyncIterator]() };
}
