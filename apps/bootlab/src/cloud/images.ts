import { isUuid } from '../cli/parsers';
import { ServiceClient } from '../http/service-client';
import { pick } from './pick';

interface ImageSummary {
  id: string;
  name: string | null;
  status: string;
  size: number | null;
}

const PAGE = 1000;

/** Every image, public or not, without leaving a trace. */
export async function imageSummaries(): Promise<ImageSummary[]> {
  const glance = new ServiceClient('glance-api');
  const all: ImageSummary[] = [];
  for (;;) {
    const marker = all.length === 0 ? '' : `&marker=${all.at(-1)!.id}`;
    const path = `/v1/images/detail?is_public=None&limit=${PAGE}${marker}`;
    const { images } = await glance.json<{ images: ImageSummary[] }>(path, { quiet: true });
    all.push(...images);
    if (images.length < PAGE) return all;
  }
}

/** The id of the image that a name or an id stands for. An id is taken as it is: the services judge it. */
export async function imageId(nameOrId: string): Promise<string> {
  return isUuid(nameOrId) ? nameOrId : pick('image', nameOrId, await imageSummaries()).id;
}
