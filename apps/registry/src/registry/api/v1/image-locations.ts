import { hop } from '@bootlab/hop';
import { glanceException } from '@bootlab/openstack';
import type { ImageLocation } from '../../../db/image';

/** Locations as the services send them: URLs, or URLs with metadata, status and id. */
export interface SentLocations {
  location?: unknown;
  location_data?: unknown;
}

/** The two ways to send locations become one list without duplicates; null when none were sent. */
export const normalizeImageLocationForDb = hop(
  'glance.registry.api.v1.images._normalize_image_location_for_db',
  function normalizeImageLocationForDb(sent: SentLocations): ImageLocation[] | null {
    if (sent.location === undefined && sent.location_data === undefined) return null;
    const byUrl = new Map<string, ImageLocation>();
    if (typeof sent.location === 'string') {
      byUrl.set(sent.location, { url: sent.location, metadata: {}, status: 'active' });
    }
    for (const data of sentLocations(sent.location_data)) byUrl.set(data.url, data);
    return [...byUrl.values()];
  },
);

function sentLocations(sent: unknown): ImageLocation[] {
  if (sent === undefined || sent === null) return [];
  if (!Array.isArray(sent)) throw new glanceException.Invalid({ reason: 'location_data must be a list.' });
  return sent.map((item: unknown) => {
    const { id, url, metadata, status } = (item ?? {}) as Partial<Record<keyof ImageLocation, unknown>>;
    if (typeof url !== 'string' || typeof status !== 'string') {
      throw new glanceException.Invalid({ reason: 'Each entry of location_data needs a url and a status.' });
    }
    return {
      id: typeof id === 'number' ? id : null,
      url,
      status,
      metadata: (typeof metadata === 'object' && metadata !== null ? metadata : {}) as Record<string, unknown>,
    };
  });
}
