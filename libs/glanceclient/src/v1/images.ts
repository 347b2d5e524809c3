import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import type { Readable } from 'node:stream';
import { countBytes } from '../common/count-bytes';
import type { Response, SessionClient } from '../common/http';
import { integrityIter } from '../common/integrity-iter';
import { readBody } from '../common/read-body';
import {
  ImageChanges,
  imageMetaFromHeaders,
  imageMetaFromJson,
  imageMetaToHeaders,
  ImageMetaV1,
  metaOfHeaders,
  NewImage,
} from './image-meta';
import { listQuery, ListParams } from './list-query';

export type { ListParams } from './list-query';

/** An image with its bytes; `chunks` is null when it has none. Whoever gets chunks must read them, or call `return` on them. */
export interface ImageData {
  meta: ImageMetaV1;
  chunks: AsyncIterable<Buffer> | null;
}

/** Called with the bytes sent so far. */
export type UploadProgress = (bytes: number) => void;

export interface UpdateOptions {
  /** The bytes of an image that has none yet. */
  body?: Readable;
  /** Drop the properties that are not named. Kept when unset. */
  purgeProps?: boolean;
  onProgress?: UploadProgress;
}

const byId = (_context: RequestContext, imageId: string) => ({ 'image.id': imageId });
const facts = ({ id, status, size }: ImageMetaV1) => ({
  'image.id': id,
  'image.status': status,
  'image.size': size ?? undefined,
});

/**
 * glance-api's images over its API v1. Plays `glanceclient.v1.images.ImageManager`. Every method throws
 * `glanceclientException`s: CommunicationError without a connection, InvalidEndpoint on a timeout, HTTP… by status.
 */
export class ImageManager {
  constructor(private readonly client: SessionClient) {}

  /** One image's metadata, by HEAD. */
  @Hop('glanceclient.v1.images.ImageManager.get', { in: byId, out: facts })
  async get(context: RequestContext, imageId: string): Promise<ImageMetaV1> {
    const { headers, body } = await this.client.request(context, 'HEAD', imagePath(imageId));
    await body.dump();
    return imageMetaFromHeaders(headers);
  }

  /**
   * One image's metadata and bytes, by GET. Reading the chunks to their end throws an {@link IOError} when they do
   * not have the image's checksum.
   */
  @Hop('glanceclient.v1.images.ImageManager.data', { in: byId, out: ({ meta }: ImageData) => facts(meta) })
  async data(context: RequestContext, imageId: string): Promise<ImageData> {
    const path = imagePath(imageId);
    const { statusCode, headers, body } = await this.client.request(context, 'GET', path);
    const meta = metaOfHeaders(headers);
    if (statusCode === 204 || headers['content-length'] === '0') {
      await body.dump();
      return { meta, chunks: null };
    }
    const chunks = readBody(body, this.client.url(path));
    return { meta, chunks: meta.checksum === null ? chunks : integrityIter(chunks, meta.checksum) };
  }

  /** All images that fit, or the first `limit` of them, page by page. */
  @Hop('glanceclient.v1.images.ImageManager.list', {
    out: (images: ImageMetaV1[]) => ({ 'image.count': images.length }),
  })
  async list(context: RequestContext, params: ListParams = {}): Promise<ImageMetaV1[]> {
    const limit = params.limit ?? Infinity;
    const images: ImageMetaV1[] = [];
    let marker = params.marker;
    for (;;) {
      const { query, pageSize } = listQuery({ ...params, marker });
      const response = await this.client.request(context, 'GET', `/v1/images/detail?${query}`);
      const page = await readImages(response);
      images.push(...page);
      marker = page.at(-1)?.id;
      if (page.length < pageSize || images.length >= limit) return images.slice(0, limit);
    }
  }

  /**
   * Makes an image, with its bytes when there is a body. With `size` given the body must have just as many; without,
   * it is sent in chunks of unknown number.
   */
  @Hop('glanceclient.v1.images.ImageManager.create', {
    in: (_context: RequestContext, { name, size }: NewImage) => ({
      'image.name': name ?? undefined,
      'image.size': size ?? undefined,
    }),
    out: facts,
  })
  async create(
    context: RequestContext,
    image: NewImage,
    body?: Readable,
    onProgress?: UploadProgress,
  ): Promise<ImageMetaV1> {
    const response = await this.client.request(context, 'POST', '/v1/images', upload(image, body, onProgress));
    return readImage(response);
  }

  /** Changes metadata, or gives a queued image its bytes. */
  async update(
    context: RequestContext,
    imageId: string,
    changes: ImageChanges,
    { body, purgeProps = false, onProgress }: UpdateOptions = {},
  ): Promise<ImageMetaV1> {
    const { headers, ...rest } = upload(changes, body, onProgress);
    const response = await this.client.request(context, 'PUT', imagePath(imageId), {
      ...rest,
      headers: { ...headers, 'x-glance-registry-purge-props': String(purgeProps) },
    });
    return readImage(response);
  }

  async delete(context: RequestContext, imageId: string): Promise<void> {
    const { body } = await this.client.request(context, 'DELETE', imagePath(imageId));
    await body.dump();
  }
}

function imagePath(imageId: string): string {
  return `/v1/images/${encodeURIComponent(imageId)}`;
}

function upload(image: NewImage, body: Readable | undefined, onProgress: UploadProgress = () => undefined) {
  const headers = imageMetaToHeaders(image);
  if (!body) return { headers };
  const size = image.size ?? undefined;
  return {
    headers: size === undefined ? headers : { ...headers, 'content-length': String(size) },
    body: countBytes(body, onProgress),
  };
}

async function readImage({ body }: Response): Promise<ImageMetaV1> {
  const { image } = (await body.json()) as { image: Record<string, unknown> };
  return imageMetaFromJson(image);
}

async function readImages({ body }: Response): Promise<ImageMetaV1[]> {
  const { images } = (await body.json()) as { images: Record<string, unknown>[] };
  return images.map(imageMetaFromJson);
}
