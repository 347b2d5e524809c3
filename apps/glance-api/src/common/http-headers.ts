import { hop } from '@bootlab/hop';
import { HttpException } from '@bootlab/openstack';
import type { IncomingHttpHeaders } from 'node:http';
import type { ImageMeta } from './image-meta';

const META = 'x-image-meta-';
const PROPERTY = 'x-image-meta-property-';

/** Fields that a request may set by a header. */
const KNOWN = [
  'id', 'name', 'status', 'size', 'virtual_size', 'disk_format', 'container_format', 'checksum', 'owner', 'is_public', 'protected', 'min_disk', 'min_ram',
  'created_at', 'updated_at', 'deleted', 'deleted_at', 'location', 'location_data', 'copy_from', 'store', 'uri',
]; // prettier-ignore
const NUMBERS = ['size', 'min_disk', 'min_ram'] as const;
const FLAGS = ['is_public', 'deleted', 'protected'] as const;
const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];

/** What a request's headers say of an image; `location`, `copy_from`, `store` and the like are not fields of its row. */
export type RequestedMeta = Partial<Omit<ImageMeta, 'location_data'>> & {
  properties: Record<string, string>;
  copy_from?: string;
  store?: string;
  uri?: string;
};

/** Header bytes are UTF-8; Node hands them over as Latin-1. */
function decode(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

// eslint-disable-next-line no-control-regex -- these are what a header cannot carry
const CONTROL = /[\0-\x1f\x7f]+/g;

/** The text as header bytes; control characters cannot stand in a header. */
export function encodeHeader(value: unknown): string {
  const text = value === true ? 'True' : value === false ? 'False' : String(value);
  return Buffer.from(text.replaceAll(CONTROL, ' '), 'utf8').toString('latin1');
}

function wholeNumber(name: string, text: string): number | null {
  if (text === '') return null;
  if (!/^\d{1,15}$/.test(text)) throw new HttpException(400, `Cannot convert image ${name} "${text}" to an integer.`);
  return Number(text);
}

/**
 * `x-image-meta-*` headers → fields and properties.
 * @throws HttpException 400 for an unknown field or a number that is none
 */
export const getImageMetaFromHeaders = hop(
  'glance.common.utils.get_image_meta_from_headers',
  function getImageMetaFromHeaders(headers: IncomingHttpHeaders): RequestedMeta {
    const properties: Record<string, string> = {};
    const fields: Record<string, unknown> = {};
    for (const [name, raw] of Object.entries(headers)) {
      if (!name.startsWith(META) || raw === undefined) continue;
      const value = decode(Array.isArray(raw) ? raw.join(', ') : raw);
      if (name.startsWith(PROPERTY)) {
        properties[name.slice(PROPERTY.length).replaceAll('-', '_')] = value;
        continue;
      }
      const field = name.slice(META.length).replaceAll('-', '_');
      if (!KNOWN.includes(field)) throw new HttpException(400, `Bad header: ${name} is no field of an image.`);
      fields[field] = value;
    }
    for (const name of NUMBERS) if (name in fields) fields[name] = wholeNumber(name, String(fields[name]));
    for (const name of FLAGS) if (name in fields) fields[name] = TRUE.includes(String(fields[name]).toLowerCase());
    return { ...(fields as Partial<ImageMeta>), properties };
  },
);

/** Fields and properties → `x-image-meta-*` headers; what is null is left out. */
export const imageMetaToHttpHeaders = hop(
  'glance.common.utils.image_meta_to_http_headers',
  function imageMetaToHttpHeaders({ properties, ...fields }: ImageMeta): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(fields)) {
      if (value !== null && value !== undefined) headers[META + name] = encodeHeader(value);
    }
    for (const [name, value] of Object.entries(properties)) {
      if (value !== null && /^[\w.!#$%&'*+^`|~-]+$/.test(name)) headers[PROPERTY + name] = encodeHeader(value);
    }
    return headers;
  },
);
