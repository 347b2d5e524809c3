import { Hop } from '@bootlab/hop';
import { HttpException, RequestContext } from '@bootlab/openstack';
import { Inject, Injectable } from '@nestjs/common';
import { PropertyRules } from '../../common/property-utils';
import { GLANCE_CONF, type GlanceConf } from '../../conf';

type Properties = Record<string, string>;

/** How many properties an image may have, and who may set which. */
@Injectable()
export class PropertyWriteRules {
  constructor(
    private readonly rules: PropertyRules,
    @Inject(GLANCE_CONF) private readonly conf: GlanceConf,
  ) {}

  /** @throws HttpException 403 */
  @Hop('glance.api.v1.images.Controller._enforce_create_protected_props')
  enforceCreateProtectedProps(context: RequestContext, names: string[]): void {
    for (const name of names) {
      if (!this.rules.checkPropertyRules(name, 'create', context)) throw isProtected(name);
    }
  }

  /** @throws HttpException 403 */
  enforceUpdateProtectedProps(context: RequestContext, before: Properties, after: Properties): void {
    for (const [name, value] of Object.entries(after)) {
      if (!Object.hasOwn(before, name)) continue;
      const readable = this.rules.checkPropertyRules(name, 'read', context);
      const changed = value !== before[name];
      if (!readable || (changed && !this.rules.checkPropertyRules(name, 'update', context))) throw isProtected(name);
    }
  }

  /**
   * Properties that a purge would drop.
   * @returns `after`, with those that the caller cannot see and so cannot mean to drop
   * @throws HttpException 403
   */
  enforceDeleteProtectedProps(context: RequestContext, before: Properties, after: Properties): Properties {
    const kept: Properties = { ...after };
    for (const [name, value] of Object.entries(before)) {
      if (Object.hasOwn(after, name)) continue;
      if (!this.rules.checkPropertyRules(name, 'read', context)) kept[name] = value;
      else if (!this.rules.checkPropertyRules(name, 'delete', context)) throw isProtected(name);
    }
    return kept;
  }

  /** @throws HttpException 413 */
  @Hop('glance.api.v1.images.Controller._enforce_image_property_quota', {
    in: (names: Iterable<string>) => ({ 'image.properties': new Set(names).size }),
  })
  enforceImagePropertyQuota(names: Iterable<string>): void {
    const { image_property_quota: quota } = this.conf.DEFAULT;
    const count = new Set(names).size;
    if (quota < 0 || count <= quota) return;
    throw new HttpException(
      413,
      `The limit of ${quota} properties (image_property_quota) is exceeded: ${count} are too many.`,
    );
  }
}

function isProtected(name: string): HttpException {
  return new HttpException(403, `Property '${name}' is protected.`);
}
