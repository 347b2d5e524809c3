import { Hop } from '@bootlab/hop';
import { schemeOf, StoreBackend } from '@bootlab/image-store';
import { storeException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { mapped } from '../../common/faults';
import { MembersApi } from '../../registry/client/v1/members-api';
import { writeFaults } from './write-faults';

const storeFaults = [
  [storeException.UnknownScheme, 400],
  [storeException.BadStoreUri, 400],
  [storeException.NotFound, 404],
] as const;

/** Who may read and write at a location, for the stores that keep such lists. */
@Injectable()
export class StoreAcls {
  constructor(
    private readonly members: MembersApi,
    private readonly stores: StoreBackend,
  ) {}

  /**
   * Works out the lists from the image's members and finds the location's store. Neither files nor web servers keep lists of their
   * own, so that is where it ends, as it does in the original for these two.
   * @returns how many projects may read, and how many may also share
   * @throws HttpException 400, 404
   */
  @Hop('glance.api.v1.controller.BaseController.update_store_acls', {
    in: (_: RequestContext, imageId: string, uri: string, isPublic: boolean) => ({
      'image.id': imageId,
      'store.scheme': schemeOf(uri),
      'image.is_public': isPublic,
    }),
    out: ({ readers, writers }: { readers: number; writers: number }) => ({
      'image.readers': readers,
      'image.writers': writers,
    }),
  })
  async updateStoreAcls(
    context: RequestContext,
    imageId: string,
    uri: string,
    _isPublic: boolean,
  ): Promise<{ readers: number; writers: number }> {
    try {
      const members = await this.members.getImageMembers(context, imageId);
      this.stores.getLocationFromUri(uri);
      const writers = members.filter(({ can_share: canShare }) => canShare).length;
      return { readers: members.length - writers, writers };
    } catch (error) {
      throw mapped(error, [...storeFaults, ...writeFaults]);
    }
  }
}
