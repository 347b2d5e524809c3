import { Hop } from '@bootlab/hop';
import { glanceException, HttpException } from '@bootlab/openstack';
import { Inject, Injectable } from '@nestjs/common';
import { getImageMetaFromHeaders } from '../../common/http-headers';
import { limitingReader } from '../../common/limiting-reader';
import { contentLength, hasBody, requestBody } from '../../common/request-body';
import type { Deserializer, GlanceRequest } from '../../common/wsgi/types';
import { GLANCE_CONF, type GlanceConf } from '../../conf';
import type { ImageRequest } from './image-request';
import { validateImageMeta } from './validate-image-meta';

const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];

function header(request: GlanceRequest, name: string): string | undefined {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
}

/** Headers → metadata, body → data. Plays `glance.api.v1.images.ImageDeserializer`. */
@Injectable()
export class ImageDeserializer implements Deserializer {
  constructor(@Inject(GLANCE_CONF) private readonly conf: GlanceConf) {}

  /** @throws HttpException 400: bad header or format, or larger than the cap says */
  @Hop('glance.api.v1.images.ImageDeserializer._deserialize', {
    out: ({ imageMeta, imageData, copyFrom }: ImageRequest) => ({
      'image.size': imageMeta.size ?? undefined,
      'image.source': imageData ? 'data' : copyFrom ? 'copy_from' : imageMeta.location ? 'location' : 'none',
    }),
  })
  deserialize(request: GlanceRequest): ImageRequest {
    const { copy_from: _, uri: __, store, ...sent } = getImageMetaFromHeaders(request.headers);
    const imageMeta = validateImageMeta(sent);
    const length = contentLength(request.headers);
    const size = length || imageMeta.size;
    const { image_size_cap: cap } = this.conf.DEFAULT;
    if (typeof size === 'number' && size > cap) {
      throw new HttpException(400, `Images may have at most ${cap} bytes (image_size_cap), not ${size}.`);
    }
    const purge = header(request, 'x-glance-registry-purge-props');
    return {
      imageMeta,
      imageData: hasBody(request.headers) ? this.#data(request, length) : undefined,
      contentType: header(request, 'content-type'),
      store,
      copyFrom: header(request, 'x-glance-api-copy-from'),
      purgeProps: purge === undefined || TRUE.includes(purge.toLowerCase()),
    };
  }

  /** A body of a told length cannot be longer than that; one of an untold length is watched. */
  #data({ raw }: GlanceRequest, length: number | undefined): AsyncIterable<Buffer> {
    if (length !== undefined) return requestBody(raw);
    const { image_size_cap: cap } = this.conf.DEFAULT;
    return limitingReader(requestBody(raw), cap, () => new glanceException.ImageSizeLimitExceeded({ cap }));
  }
}
