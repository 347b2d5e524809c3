import { hop } from '@bootlab/hop';
import type { ImageMeta } from '../../common/image-meta';
import type { WireResponse } from '../../common/wsgi/types';
import { injectChecksumHeader } from './serialize-read';

type Written = { imageMeta: ImageMeta };

const injectLocationHeader = hop(
  'glance.api.v1.images.ImageSerializer._inject_location_header',
  function injectLocationHeader({ id }: ImageMeta): WireResponse['headers'] {
    return { location: `/v1/images/${id}` };
  },
);

function json(status: number, { imageMeta }: Written): WireResponse {
  const body = JSON.stringify({ image: imageMeta });
  return {
    status,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    body,
  };
}

/** 201, the image as JSON, and where it is. */
export const serializeCreate = hop(
  'glance.api.v1.images.ImageSerializer.create',
  function serializeCreate(written: Written): WireResponse {
    const { headers, ...answer } = json(201, written);
    const { imageMeta } = written;
    return {
      ...answer,
      headers: { ...headers, ...injectLocationHeader(imageMeta), ...injectChecksumHeader(imageMeta) },
    };
  },
);

/** 200 and the image as JSON. */
export const serializeUpdate = hop(
  'glance.api.v1.images.ImageSerializer.update',
  function serializeUpdate(written: Written): WireResponse {
    const { headers, ...answer } = json(200, written);
    return { ...answer, headers: { ...headers, ...injectChecksumHeader(written.imageMeta) } };
  },
);

/** 200 without a body. */
export function serializeDelete(): WireResponse {
  return { status: 200, headers: { 'content-type': 'text/html; charset=UTF-8', 'content-length': 0 }, body: '' };
}
