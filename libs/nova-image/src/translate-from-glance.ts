import type { ImageMetaV1 } from '@bootlab/glanceclient';
import { hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import type { NovaImage } from './nova-image';

/** Properties that glance keeps as JSON text. */
const STRUCTURED = ['block_device_mapping', 'mappings'];

/** glance's metadata as nova's image dict. Plays `_extract_attributes` and `_convert_from_string` with it. */
export const translateFromGlance = hop(
  'nova.image.glance._translate_from_glance',
  function translateFromGlance(image: ImageMetaV1): NovaImage {
    const { virtual_size: _virtualSize, protected: _protected, ...kept } = image;
    return { ...kept, size: image.size ?? 0, properties: structured(image.properties) };
  },
  { out: ({ id, status, size }) => ({ 'image.id': id, 'image.status': status, 'image.size': size }) },
);

/**
 * Whether the image may be told to this user. glance has already looked at who asks, so only a caller without
 * a user is looked at here.
 */
export const isImageAvailable = hop(
  'nova.image.glance._is_image_available',
  function isImageAvailable(context: RequestContext, image: ImageMetaV1): boolean {
    return context.userId !== undefined || context.isAdmin || image.is_public;
  },
);

function structured(properties: Record<string, unknown>): Record<string, unknown> {
  const read: Record<string, unknown> = { ...properties };
  for (const name of STRUCTURED) {
    const value = read[name];
    if (typeof value !== 'string') continue;
    try {
      read[name] = JSON.parse(value);
    } catch {
      // Whoever reads the property refuses it with its name; here it stays the text that it is.
    }
  }
  return read;
}
