import { novaException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';

/** Who may do something: an administrator, or the owner of the project as well. */
type Rule = 'admin' | 'admin_or_owner';

/** nova's defaults, as far as the lab asks for them. */
const defaultRules = {
  'os_compute_api:os-flavor-manage:create': 'admin',
  'os_compute_api:os-hypervisors': 'admin',
  'os_compute_api:os-services': 'admin',
  'os_compute_api:servers:create': 'admin_or_owner',
  'os_compute_api:servers:create:forced_host': 'admin',
  'os_compute_api:servers:create:zero_disk_flavor': 'admin_or_owner',
  'os_compute_api:servers:detail:get_all_tenants': 'admin',
  'os_compute_api:servers:index:get_all_tenants': 'admin',
} satisfies Record<string, Rule>;

export type PolicyAction = keyof typeof defaultRules;

/** Says who may do what. Plays `nova.policy`. */
@Injectable()
export class Policy {
  readonly #rules: Record<PolicyAction, Rule>;

  constructor(rules: Partial<Record<PolicyAction, Rule>> = {}) {
    this.#rules = { ...defaultRules, ...rules };
  }

  /** @param projectId the project that owns what is acted on; the caller's own when unset */
  can(
    context: RequestContext,
    action: PolicyAction,
    projectId: string | null | undefined = context.projectId,
  ): boolean {
    return context.isAdmin || (this.#rules[action] === 'admin_or_owner' && projectId === context.projectId);
  }

  /** @throws PolicyNotAuthorized */
  enforce(context: RequestContext, action: PolicyAction): void {
    if (!this.can(context, action)) throw new novaException.PolicyNotAuthorized({ action });
  }
}
