import { Hop } from '@bootlab/hop';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { ActionOptions } from './action.decorator';
import type { GlanceRequest, WireResponse } from './types';

/** Deserializer, action, serializer. Plays `glance.common.wsgi.Resource`. */
@Injectable()
export class Resource {
  constructor(private readonly modules: ModuleRef) {}

  @Hop('glance.common.wsgi.Resource.__call__', {
    in: (request: GlanceRequest) => ({ 'http.request.method': request.method, 'url.path': request.url.split('?')[0] }),
    out: ({ status }: WireResponse) => ({ 'http.response.status_code': status }),
  })
  async call(request: GlanceRequest, action: ActionOptions, run: () => Promise<unknown>): Promise<WireResponse> {
    if (action.deserialize) {
      request.deserialized = await this.modules.get(action.deserialize, { strict: false }).deserialize(request);
    }
    return action.serialize((await run()) as never, request);
  }
}
