import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What travels with a request through every service, as it goes over HTTP headers or in an RPC message. */
export interface RequestContextValues {
  requestId: string;
  globalRequestId?: string;
  userId?: string;
  projectId?: string;
  roles: string[];
  isAdmin: boolean;
  /** When the request came, in coordinated universal time: `2018-02-28T12:00:00.000000`. */
  timestamp?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/**
 * Who asks, for which project, and under which request id. Plays `oslo_context.context.RequestContext`
 * as nova and glance extend it. Immutable.
 */
export class RequestContext implements RequestContextValues {
  readonly requestId: string;
  readonly globalRequestId?: string;
  readonly userId?: string;
  readonly projectId?: string;
  readonly roles: string[];
  readonly isAdmin: boolean;
  readonly #timestamp: string;

  constructor(values: Partial<RequestContextValues> = {}) {
    this.requestId = values.requestId ?? generateRequestId();
    this.globalRequestId = values.globalRequestId;
    this.userId = values.userId;
    this.projectId = values.projectId;
    this.roles = values.roles ?? [];
    this.isAdmin = values.isAdmin ?? this.roles.includes('admin');
    this.#timestamp = values.timestamp ?? `${new Date().toISOString().slice(0, -1)}000`;
  }

  /** An administrator without a user: what a service acts as on its own behalf. */
  static admin(requestId?: string): RequestContext {
    return new RequestContext({ requestId, isAdmin: true, roles: ['admin'] });
  }

  /** The id a client of another service sends along: the global id, or the own one when there is none. */
  get outgoingRequestId(): string {
    return this.globalRequestId ?? this.requestId;
  }

  toJSON(): RequestContextValues {
    const { requestId, globalRequestId, userId, projectId, roles, isAdmin } = this;
    return { requestId, globalRequestId, userId, projectId, roles, isAdmin, timestamp: this.#timestamp };
  }

  /** As it stands in a message, with the keys of the original; the lab has no names, domains, catalog or tokens. Plays `to_dict`. */
  toDict(): Record<string, unknown> {
    const { requestId, globalRequestId, userId: user = null, projectId: project = null, roles, isAdmin } = this;
    return {
      request_id: requestId,
      global_request_id: globalRequestId ?? null,
      user,
      tenant: project,
      user_id: user,
      project_id: project,
      user_identity: `${user ?? '-'} ${project ?? '-'} - - -`,
      user_name: null,
      project_name: null,
      domain: null,
      user_domain: null,
      project_domain: null,
      roles,
      is_admin: isAdmin,
      is_admin_project: true,
      auth_token: null,
      service_catalog: [],
      resource_uuid: null,
      read_deleted: 'no',
      read_only: false,
      show_deleted: false,
      remote_address: null,
      quota_class: null,
      instance_lock_checked: false,
      timestamp: this.#timestamp,
    };
  }
}

/** A new `req-<uuid4>`. */
export function generateRequestId(): string {
  return `req-${randomUUID()}`;
}

/** The context of the request being served, or undefined outside of one. Plays `oslo_context.context.get_current`. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs `work` with `context` as the current one. */
export function runWithContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
