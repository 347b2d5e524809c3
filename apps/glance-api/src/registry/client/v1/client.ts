import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { BaseClient, ClientRequest, ClientResponse, Method, Query } from '../../../common/client';
import type { ImageMeta } from '../../../common/image-meta';

export interface UpdateOptions {
  /** Drop the properties that are not named. */
  purgeProps?: boolean;
  /** Change the image only while it has this status. */
  fromState?: string;
}

const SERVER = 'glance.registry.api.v1.images.Controller';

/** What the registry does for images. Plays `glance.registry.client.v1.client.RegistryClient`. */
@Injectable()
export class RegistryClient {
  constructor(private readonly base: BaseClient) {}

  @Hop('glance.registry.client.v1.client.RegistryClient.do_request')
  async doRequest(
    context: RequestContext,
    method: Method,
    path: string,
    options?: ClientRequest,
  ): Promise<ClientResponse> {
    return this.base.doRequest(context, method, path, options);
  }

  @Hop('glance.registry.client.v1.client.RegistryClient.get_image')
  async getImage(context: RequestContext, id: string): Promise<ImageMeta> {
    return image(await this.doRequest(context, 'GET', path(id), { answeredBy: `${SERVER}.show` }));
  }

  @Hop('glance.registry.client.v1.client.RegistryClient.get_images')
  async getImages(context: RequestContext, query: Query): Promise<Partial<ImageMeta>[]> {
    return images(await this.doRequest(context, 'GET', '/images', { query, answeredBy: `${SERVER}.index` }));
  }

  @Hop('glance.registry.client.v1.client.RegistryClient.get_images_detailed')
  async getImagesDetailed(context: RequestContext, query: Query): Promise<ImageMeta[]> {
    return images(await this.doRequest(context, 'GET', '/images/detail', { query, answeredBy: `${SERVER}.detail` }));
  }

  @Hop('glance.registry.client.v1.client.RegistryClient.add_image')
  async addImage(context: RequestContext, meta: Partial<ImageMeta>): Promise<ImageMeta> {
    const options = { body: { image: meta }, answeredBy: `${SERVER}.create` };
    return image(await this.doRequest(context, 'POST', '/images', options));
  }

  @Hop('glance.registry.client.v1.client.RegistryClient.update_image')
  async updateImage(
    context: RequestContext,
    id: string,
    meta: Partial<ImageMeta>,
    options: UpdateOptions,
  ): Promise<ImageMeta> {
    const answer = await this.doRequest(context, 'PUT', path(id), {
      body: { image: meta, ...(options.fromState === undefined ? {} : { from_state: options.fromState }) },
      headers: { 'x-glance-registry-purge-props': String(options.purgeProps ?? false) },
      answeredBy: `${SERVER}.update`,
    });
    return image(answer);
  }

  @Hop('glance.registry.client.v1.client.RegistryClient.delete_image')
  async deleteImage(context: RequestContext, id: string): Promise<ImageMeta> {
    return image(await this.doRequest(context, 'DELETE', path(id), { answeredBy: `${SERVER}.delete` }));
  }
}

function path(id: string): string {
  return `/images/${encodeURIComponent(id)}`;
}

function image({ json }: ClientResponse): ImageMeta {
  return (json as { image: ImageMeta }).image;
}

function images<T>({ json }: ClientResponse): T[] {
  return (json as { images: T[] }).images;
}
