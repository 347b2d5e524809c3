import { hop } from '@bootlab/hop';
import type { ImageMeta } from '../../common/image-meta';

/** The metadata without where the bytes are, which may hold credentials. */
export const redactLoc = hop('glance.api.v1.images.redact_loc', function redactLoc(meta: ImageMeta): ImageMeta {
  const { location: _, location_data: __, ...shown } = meta;
  return shown;
});
