import { Hop } from '@bootlab/hop';
import { schemeOf, StoreBackend } from '@bootlab/image-store';
import { storeException } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Inject, Injectable } from '@nestjs/common';
import { GLANCE_CONF, type GlanceConf } from '../conf';
import type { LocationData } from './image-meta';

/** Schemes that name things on glance's own side, which a user must not point at. */
const RESTRICTED_SCHEMES = ['file', 'filesystem', 'swift+config'];

/** What the services do with locations beyond the stores. Plays `glance.common.store_utils`. */
@Injectable()
export class StoreUtils {
  constructor(
    private readonly stores: StoreBackend,
    @Inject(GLANCE_CONF) private readonly conf: GlanceConf,
    private readonly logger: LabLogger,
  ) {}

  /** Whether users may name this URI as the place of an image's bytes. */
  @Hop('glance.common.store_utils.validate_external_location', {
    in: (uri: string) => ({ 'store.scheme': schemeOf(uri) }),
    out: (valid: boolean) => ({ 'store.location_allowed': valid }),
  })
  validateExternalLocation(uri: string): boolean {
    const scheme = schemeOf(uri);
    return this.stores.getKnownSchemes().includes(scheme) && !RESTRICTED_SCHEMES.includes(scheme);
  }

  /**
   * Removes the bytes of a location, or leaves them to be removed later when `delayed_delete` is set and the location is
   * in the database, where the image's deletion marks it as pending.
   */
  async deleteImageLocationFromBackend(imageId: string, location: LocationData): Promise<void> {
    const scheduled = this.conf.DEFAULT.delayed_delete && location.id !== undefined && location.id !== null;
    if (!scheduled) await this.safeDeleteFromBackend(imageId, location);
  }

  /** Removes the bytes; that they are gone already, or that their store never removes any, is only logged. */
  @Hop('glance.common.store_utils.safe_delete_from_backend', {
    in: (imageId: string, { url }: LocationData) => ({ 'image.id': imageId, 'store.scheme': schemeOf(url) }),
    out: (deleted: boolean) => ({ 'store.deleted': deleted }),
  })
  async safeDeleteFromBackend(imageId: string, { url }: LocationData): Promise<boolean> {
    try {
      await this.stores.deleteFromBackend(url);
      return true;
    } catch (error) {
      const { NotFound, StoreDeleteNotSupported, UnknownScheme } = storeException;
      if (error instanceof NotFound) this.logger.warn(`The data of image ${imageId} was gone already.`);
      else if (error instanceof StoreDeleteNotSupported || error instanceof UnknownScheme) {
        this.logger.warn(`The data of image ${imageId} stays where it is: ${error.message}`);
      } else throw error;
      return false;
    }
  }
}
