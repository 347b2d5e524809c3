import { hop } from '@bootlab/hop';
import { glanceclientException, novaException } from '@bootlab/openstack';

const translateImageException = hop(
  'nova.image.glance._translate_image_exception',
  function translateImageException(imageId: string, error: unknown): unknown {
    const { HTTPForbidden, HTTPUnauthorized, HTTPNotFound, HTTPBadRequest } = glanceclientException;
    const image = { image_id: imageId };
    if (error instanceof HTTPForbidden || error instanceof HTTPUnauthorized) {
      return new novaException.ImageNotAuthorized(image, { cause: error });
    }
    if (error instanceof HTTPNotFound) return new novaException.ImageNotFound(image, { cause: error });
    if (error instanceof HTTPBadRequest) {
      return new novaException.ImageBadRequest({ ...image, response: error.message }, { cause: error });
    }
    return error;
  },
);

/** Throws nova's exception for what the glance client raised; what has no counterpart is thrown as it is. */
export const reraiseTranslatedImageException = hop(
  'nova.image.glance._reraise_translated_image_exception',
  function reraiseTranslatedImageException(imageId: string, error: unknown): never {
    throw translateImageException(imageId, error);
  },
);
