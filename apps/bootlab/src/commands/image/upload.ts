import type { ImageMetaV1, NewImage } from '@bootlab/glanceclient';
import { RequestContext } from '@bootlab/openstack';
import type { Readable } from 'node:stream';
import { Failure } from '../../cli/failure';
import { note } from '../../cli/output';
import { withImages } from '../../cloud/glance';
import { waysToSee } from '../../cloud/trace-link';
import { ServiceClient } from '../../http/service-client';
import { traced } from '../../tracing/traced';
import { progress } from './progress';

/** An image that was uploaded, and the trace of it; undefined when tracing is switched off. */
export interface Uploaded {
  image: ImageMetaV1;
  traceId?: string;
}

/** Nobody is to read a large file, or to start a trace, for a glance-api that is not there. */
async function assertGlanceAnswers(): Promise<void> {
  await new ServiceClient('glance-api').json('/v1/images?limit=1', { quiet: true });
}

/** Uploads bytes as an image, as a trace of its own. */
export async function upload(image: NewImage, body: Readable): Promise<Uploaded> {
  await assertGlanceAnswers();
  const bar = progress('Uploading', image.size ?? 0);
  const attributes = { 'image.name': image.name ?? '', 'image.size': image.size ?? 0 };
  const { traceId, outcome } = await traced('bootlab image create', attributes, () =>
    withImages((images) => images.create(RequestContext.admin(), image, body, (bytes) => bar.tell(bytes))),
  );
  bar.end();
  body.destroy();
  if ('value' in outcome) return { image: outcome.value, traceId };
  if (traceId !== undefined) note(`Trace ${traceId}: see ${waysToSee(traceId)}`);
  if (body.errored) throw new Failure(`The image file cannot be read: ${body.errored.message}.`);
  throw outcome.error;
}
