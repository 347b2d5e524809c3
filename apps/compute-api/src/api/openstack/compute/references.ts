import { hop } from '@bootlab/hop';
import { HttpException } from '@bootlab/openstack';
import type { CreateServer } from './schemas/servers';

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

function lastPart(reference: string): string {
  return reference.split('/').at(-1) ?? '';
}

/** The id in imageRef; empty when the request has block devices instead. @throws HttpException 400 */
export const imageFromReqData = hop(
  'nova.api.openstack.compute.servers.ServersController._image_from_req_data',
  function imageFromReqData({ imageRef = '' }: CreateServer, deviceCount: number): string {
    if (imageRef === '') {
      if (deviceCount === 0) throw new HttpException(400, 'Missing imageRef attribute: name the image to boot.');
      return '';
    }
    const id = lastPart(imageRef);
    if (!UUID.test(id)) throw new HttpException(400, `Invalid imageRef provided: '${imageRef}' is no image id.`);
    return id;
  },
  { in: ({ imageRef }, deviceCount) => ({ 'image.ref': imageRef, 'block_device.count': deviceCount }) },
);

/** The id in flavorRef, which may be a URL. */
export const flavorIdFromReqData = hop(
  'nova.api.openstack.compute.servers.ServersController._flavor_id_from_req_data',
  function flavorIdFromReqData({ flavorRef }: CreateServer): string {
    return lastPart(String(flavorRef));
  },
);
