import { Hop } from '@bootlab/hop';
import { Check, Credentials, glanceException, never, RequestContext, Target } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { readPolicyFile } from '../policy/policy-file';

function credentials(context: RequestContext): Credentials {
  return {
    roles: context.roles,
    user_id: context.userId,
    user: context.userId,
    project_id: context.projectId,
    tenant: context.projectId,
    is_admin: context.isAdmin,
  };
}

/** Says whether a caller may do something, by the rules of the policy file, which may change at any time. Plays `glance.api.policy.Enforcer`. */
export class Enforcer {
  #rules: Map<string, Check>;
  readonly #watcher: FSWatcher;

  /** @throws Error when the file cannot be read as rules */
  constructor(
    private readonly path: string,
    private readonly logger: LabLogger,
  ) {
    this.#rules = readPolicyFile(path);
    // The folder, because editors replace the file.
    this.#watcher = watch(dirname(path), { persistent: false }, (_, name) => {
      if (name === null || name === basename(path)) this.#reload();
    });
  }

  /** @throws glanceException.Forbidden */
  @Hop('glance.api.policy.Enforcer.enforce', {
    in: (_context: RequestContext, action: string) => ({ 'policy.action': action }),
  })
  enforce(context: RequestContext, action: string, target: Target = {}): void {
    if (!this.check(context, action, target)) throw new glanceException.Forbidden({ action });
  }

  /** As enforce, but answers. A rule that the file lacks falls back to `default`, and without that to no. */
  check(context: RequestContext, action: string, target: Target = {}): boolean {
    const lookup = (name: string) => this.#rules.get(name);
    return (lookup(action) ?? lookup('default') ?? never)(credentials(context), target, lookup);
  }

  close(): void {
    this.#watcher.close();
  }

  #reload(): void {
    try {
      this.#rules = readPolicyFile(this.path);
    } catch (error) {
      this.logger.error(`The policy stays as it was: ${(error as Error).message}`);
    }
  }
}
