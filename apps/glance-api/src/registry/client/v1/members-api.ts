import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { RegistryClient } from './client';

/** A project with which an image is shared. */
export interface ImageMember {
  member_id: string;
  /** Whether it may share the image with others. */
  can_share: boolean;
}

/** An image that is shared with a project. */
export interface SharedImage {
  image_id: string;
  can_share: boolean;
}

/** The registry's memberships. Every method raises glanceException.NotFound, Forbidden, NotAuthenticated and Invalid by the answer's status. */
@Injectable()
export class MembersApi {
  constructor(private readonly client: RegistryClient) {}

  async getImageMembers(context: RequestContext, imageId: string): Promise<ImageMember[]> {
    const { json } = await this.client.doRequest(context, 'GET', membersPath(imageId));
    return (json as { members: ImageMember[] }).members;
  }

  async getMemberImages(context: RequestContext, memberId: string): Promise<SharedImage[]> {
    const { json } = await this.client.doRequest(context, 'GET', `/shared-images/${encodeURIComponent(memberId)}`);
    return (json as { shared_images: SharedImage[] }).shared_images;
  }

  /** @param memberships replace all that the image has; passed on as they came, the registry checks them */
  async replaceMembers(context: RequestContext, imageId: string, memberships: unknown): Promise<void> {
    await this.client.doRequest(context, 'PUT', membersPath(imageId), { body: { memberships } });
  }

  /** @param canShare undefined leaves a membership as it is, and makes a new one that may not share */
  async addMember(context: RequestContext, imageId: string, memberId: string, canShare?: boolean): Promise<void> {
    const body = canShare === undefined ? undefined : { member: { can_share: canShare } };
    await this.client.doRequest(context, 'PUT', memberPath(imageId, memberId), { body });
  }

  async deleteMember(context: RequestContext, imageId: string, memberId: string): Promise<void> {
    await this.client.doRequest(context, 'DELETE', memberPath(imageId, memberId));
  }
}

function membersPath(imageId: string): string {
  return `/images/${encodeURIComponent(imageId)}/members`;
}

function memberPath(imageId: string, memberId: string): string {
  return `${membersPath(imageId)}/${encodeURIComponent(memberId)}`;
}
