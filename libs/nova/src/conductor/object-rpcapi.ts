import type { RequestContext } from '@bootlab/openstack';
import { RpcClient } from '@bootlab/rpc';
import { Injectable } from '@nestjs/common';

/** An object on the wire, cut down to what the receiver must know: the fields in `data`, of which `changes` are new. */
export interface ObjectPrimitive {
  'nova_object.name': string;
  'nova_object.namespace': 'nova';
  'nova_object.version': string;
  'nova_object.data': Record<string, unknown>;
  'nova_object.changes': string[];
}

/** Versions of the objects that travel, as at Queens. */
const objectVersions: Record<string, string> = {
  Instance: '2.3',
  InstanceList: '2.4',
  InstanceActionEvent: '1.2',
  InstanceFault: '1.2',
  Service: '1.21',
  ComputeNode: '1.18',
};

const target = { topic: 'conductor', version: '3.0' };

/**
 * Has methods of nova's objects run by the conductor, for whoever has no database.
 * Plays `nova.conductor.rpcapi.ConductorAPI`. A call waits as long as `rpc_response_timeout`.
 */
@Injectable()
export class ConductorApi {
  constructor(private readonly rpc: RpcClient) {}

  /**
   * Runs a method on an object whose changed fields are `changes`; gives the fields that the method changed.
   * @param key the fields that say which object it is
   * @throws whatever the method raises, re-created by name; MessageDeliveryFailure, MessagingTimeout
   */
  async objectAction(
    context: RequestContext,
    name: string,
    method: string,
    key: Record<string, unknown>,
    changes: Record<string, unknown>,
    kwargs: Record<string, unknown> = {},
  ): Promise<Record<string, unknown>> {
    const objinst: ObjectPrimitive = {
      'nova_object.name': name,
      'nova_object.namespace': 'nova',
      'nova_object.version': objectVersions[name] ?? '1.0',
      'nova_object.data': { ...key, ...changes },
      'nova_object.changes': Object.keys(changes),
    };
    const [updates] = await this.rpc.call<[Record<string, unknown>, unknown]>(context, target, 'object_action', {
      objinst,
      objmethod: method,
      args: [],
      kwargs,
    });
    return updates;
  }

  /** Runs a class method of an object. @throws as {@link objectAction} */
  async objectClassAction<T>(
    context: RequestContext,
    name: string,
    method: string,
    kwargs: Record<string, unknown>,
  ): Promise<T> {
    return this.rpc.call<T>(context, target, 'object_class_action_versions', {
      objname: name,
      objmethod: method,
      object_versions: { [name]: objectVersions[name] ?? '1.0' },
      args: [],
      kwargs,
    });
  }
}
