import { HttpException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { hasBody, requestBody } from './request-body';
import type { Deserializer, GlanceRequest } from './wsgi/types';

/** Largest JSON body in bytes. */
const LARGEST = 1024 * 1024;

/** The body as JSON, undefined without one. Plays `glance.common.wsgi.JSONRequestDeserializer`. */
@Injectable()
export class JsonDeserializer implements Deserializer {
  /** @throws HttpException 400, 413 */
  async deserialize({ headers, raw }: GlanceRequest): Promise<unknown> {
    if (!hasBody(headers)) return undefined;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of requestBody(raw)) {
      bytes += chunk.length;
      if (bytes > LARGEST) throw new HttpException(413, `The body may have at most ${LARGEST} bytes.`);
      chunks.push(chunk);
    }
    try {
      return JSON.parse(Buffer.concat(chunks).toString('utf8'));
    } catch (error) {
      throw new HttpException(400, 'The body must be JSON.', {}, { cause: error });
    }
  }
}
