import { hop } from '@bootlab/hop';
import type { ImageStatus } from '@bootlab/openstack';
import { decodeHeader } from '../session/encode-headers';

/** An image's metadata in the API v1. Sizes in bytes, `min_disk` in GiB, `min_ram` in MB, times in ISO 8601 (UTC). */
export interface ImageMetaV1 {
  id: string;
  name: string | null;
  status: ImageStatus;
  size: number | null;
  virtual_size: number | null;
  disk_format: string | null;
  container_format: string | null;
  /** MD5 in hex. */
  checksum: string | null;
  owner: string | null;
  is_public: boolean;
  protected: boolean;
  min_disk: number;
  min_ram: number;
  created_at: string | null;
  updated_at: string | null;
  deleted: boolean;
  deleted_at: string | null;
  properties: Record<string, string>;
}

/** What may be told of an image when it is made or changed. */
export interface ImageChanges extends Partial<
  Pick<
    ImageMetaV1,
    | 'name'
    | 'disk_format'
    | 'container_format'
    | 'min_disk'
    | 'min_ram'
    | 'owner'
    | 'size'
    | 'is_public'
    | 'protected'
    | 'checksum'
    | 'properties'
  >
> {
  /** Where the bytes are and stay. */
  location?: string;
  /** Where glance shall fetch the bytes from. */
  copy_from?: string;
}

export interface NewImage extends ImageChanges {
  id?: string;
  /** Scheme of the store that takes the bytes; glance's default store when unset. */
  store?: string;
}

const META = 'x-image-meta-';
const PROPERTY = 'x-image-meta-property-';

type Raw = Record<string, unknown>;

/** Headers → metadata; headers that do not belong to it are left out. */
export function metaOfHeaders(headers: Record<string, string | string[] | undefined>): ImageMetaV1 {
  const properties: Record<string, string> = {};
  const fields: Raw = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (name.startsWith(PROPERTY)) properties[name.slice(PROPERTY.length)] = decodeHeader(value);
    else if (name.startsWith(META)) fields[name.slice(META.length)] = decodeHeader(value);
  }
  return imageMetaFromJson({ ...fields, properties });
}

export const imageMetaFromHeaders = hop(
  'glanceclient.v1.images.ImageManager._image_meta_from_headers',
  function imageMetaFromHeaders(headers: Record<string, string | string[] | undefined>): ImageMetaV1 {
    return metaOfHeaders(headers);
  },
);

/** An image of a JSON body, or of headers once they are split into fields, with the right types. */
export function imageMetaFromJson(raw: Raw): ImageMetaV1 {
  return {
    id: String(raw['id']),
    name: text(raw['name']),
    status: String(raw['status']) as ImageStatus,
    size: number(raw['size']),
    virtual_size: number(raw['virtual_size']),
    disk_format: text(raw['disk_format']),
    container_format: text(raw['container_format']),
    checksum: text(raw['checksum']),
    owner: text(raw['owner']),
    is_public: flag(raw['is_public']),
    protected: flag(raw['protected']),
    min_disk: number(raw['min_disk']) ?? 0,
    min_ram: number(raw['min_ram']) ?? 0,
    created_at: text(raw['created_at']),
    updated_at: text(raw['updated_at']),
    deleted: flag(raw['deleted']),
    deleted_at: text(raw['deleted_at']),
    properties: (raw['properties'] ?? {}) as Record<string, string>,
  };
}

/** Metadata → the headers of a request; what is undefined or null is left out. */
export function imageMetaToHeaders({
  properties = {},
  copy_from: copyFrom,
  ...fields
}: NewImage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) headers[META + name] = String(value);
  }
  for (const [name, value] of Object.entries(properties)) headers[PROPERTY + name] = String(value);
  if (copyFrom !== undefined) headers['x-glance-api-copy-from'] = copyFrom;
  return headers;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

function flag(value: unknown): boolean {
  return (
    value === true || (typeof value === 'string' && ['1', 't', 'true', 'on', 'y', 'yes'].includes(value.toLowerCase()))
  );
}
