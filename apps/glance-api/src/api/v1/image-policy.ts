import { Hop, hop } from '@bootlab/hop';
import { glanceException, HttpException, RequestContext, Target } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import type { ImageMeta } from '../../common/image-meta';
import { PropertyRules } from '../../common/property-utils';
import { Enforcer } from '../policy';

/** Fields and properties side by side, for rules such as `%(os_type)s`. A property never hides a field. */
export const createMashupDict = hop(
  'glance.common.utils.create_mashup_dict',
  function createMashupDict({ properties, ...fields }: ImageMeta): Target {
    return { ...properties, ...fields };
  },
);

/** Who may do what with an image in API v1. */
@Injectable()
export class ImagePolicy {
  constructor(
    private readonly enforcer: Enforcer,
    private readonly rules: PropertyRules,
  ) {}

  /** @throws HttpException 403 */
  @Hop('glance.api.v1.images.Controller._enforce', {
    in: (_: RequestContext, action: string) => ({ 'policy.action': action }),
  })
  enforce(context: RequestContext, action: string, target?: Target): void {
    try {
      this.enforcer.enforce(context, action, target);
    } catch (error) {
      if (error instanceof glanceException.Forbidden) throw new HttpException(403, error.message, {}, { cause: error });
      throw error;
    }
  }

  /** Takes out the properties that the caller may not read. */
  @Hop('glance.api.v1.images.Controller._enforce_read_protected_props', {
    out: (shown: ImageMeta, _: RequestContext, whole: ImageMeta) => ({
      'image.properties_hidden': Object.keys(whole.properties).length - Object.keys(shown.properties).length,
    }),
  })
  enforceReadProtectedProps(context: RequestContext, meta: ImageMeta): ImageMeta {
    const readable = Object.entries(meta.properties).filter(([name]) =>
      this.rules.checkPropertyRules(name, 'read', context),
    );
    return { ...meta, properties: Object.fromEntries(readable) };
  }
}
