import { hop } from '@bootlab/hop';
import { encodeHeader, imageMetaToHttpHeaders } from '../../common/http-headers';
import type { ImageMeta } from '../../common/image-meta';
import type { WireResponse } from '../../common/wsgi/types';
import { sizeCheckedIter } from '../common';

/** What `show` gives its serializer. */
export interface ShownImage {
  imageMeta: ImageMeta;
  imageIterator: AsyncIterable<Buffer>;
}

type Headers = WireResponse['headers'];

const injectImageMetaHeaders = hop(
  'glance.api.v1.images.ImageSerializer._inject_image_meta_headers',
  function injectImageMetaHeaders(meta: ImageMeta): Headers {
    return imageMetaToHttpHeaders(meta);
  },
);

export const injectChecksumHeader = hop(
  'glance.api.v1.images.ImageSerializer._inject_checksum_header',
  function injectChecksumHeader({ checksum }: ImageMeta): Headers {
    return checksum === null ? {} : { etag: encodeHeader(checksum) };
  },
);

/** HEAD: the metadata as headers. */
export const serializeMeta = hop(
  'glance.api.v1.images.ImageSerializer.meta',
  function serializeMeta({ imageMeta }: { imageMeta: ImageMeta }): WireResponse {
    return { status: 200, headers: { ...injectImageMetaHeaders(imageMeta), ...injectChecksumHeader(imageMeta) } };
  },
);

/** GET: the metadata as headers, the bytes as the body. */
export const serializeShow = hop(
  'glance.api.v1.images.ImageSerializer.show',
  function serializeShow({ imageMeta, imageIterator }: ShownImage): WireResponse {
    const size = imageMeta.size ?? 0;
    return {
      status: 200,
      headers: {
        ...injectImageMetaHeaders(imageMeta),
        ...injectChecksumHeader(imageMeta),
        'content-type': 'application/octet-stream',
        'content-length': size,
      },
      body: sizeCheckedIter(imageMeta.id, size, imageIterator),
    };
  },
);

/** Lists: plain JSON. */
export function serializeJson(result: unknown): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(result) };
}
