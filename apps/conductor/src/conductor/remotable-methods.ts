import type { ExpectedStates } from '@bootlab/nova';
import { Allocations, ComputeNodes, InstanceActionEvents, InstanceFaults, Instances, Services } from '@bootlab/nova-db';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import * as schemas from './remotable-schemas';

type Values = Record<string, unknown>;

/** Runs a method on an object with these fields; gives the fields it changed. Parses what it gets before it does anything. */
export type ObjectMethod = (data: Values, changes: Values, kwargs: Values) => Promise<Values>;

/** Runs a class method of an object. Parses what it gets before it does anything. */
export type ClassMethod = (context: RequestContext, kwargs: Values) => Promise<unknown>;

type State = string | null;

function asList(value: State | State[] | undefined): State[] | undefined {
  return value === undefined || Array.isArray(value) ? value : [value];
}

function expected(kwargs: Values): ExpectedStates {
  const { expected_vm_state, expected_task_state } = schemas.expectedStates.parse(kwargs);
  return { vm_state: asList(expected_vm_state), task_state: asList(expected_task_state) };
}

/** The methods that others may have the conductor run, and no other, by `Object.method`. */
@Injectable()
export class RemotableMethods {
  readonly ofObjects: ReadonlyMap<string, ObjectMethod>;
  readonly ofClasses: ReadonlyMap<string, ClassMethod>;

  constructor(
    instances: Instances,
    events: InstanceActionEvents,
    faults: InstanceFaults,
    services: Services,
    computeNodes: ComputeNodes,
    allocations: Allocations,
  ) {
    this.ofObjects = new Map<string, ObjectMethod>([
      [
        'Instance.save',
        async (data, changes, kwargs) => {
          const { uuid } = schemas.instanceKey.parse(data);
          const { updated_at } = await instances.save(uuid, schemas.instanceChanges.parse(changes), expected(kwargs));
          return { updated_at };
        },
      ],
      ['Instance.refresh', async (data) => ({ ...(await instances.getByUuid(schemas.instanceKey.parse(data).uuid)) })],
      [
        'Instance.destroy',
        async (data) => {
          await instances.destroy(schemas.instanceKey.parse(data).uuid);
          return {};
        },
      ],
      [
        'InstanceFault.create',
        async (_data, changes) => {
          await faults.create(schemas.fault.parse(changes));
          return {};
        },
      ],
      ['Service.save', async (_data, changes) => services.report(schemas.service.parse(changes))],
      [
        'ComputeNode.save',
        async (_data, changes) => {
          await computeNodes.report(schemas.computeNode.parse(changes));
          return {};
        },
      ],
    ]);
    this.ofClasses = new Map<string, ClassMethod>([
      ['Instance.get_by_uuid', (_context, kwargs) => instances.getByUuid(schemas.byUuid.parse(kwargs).uuid)],
      ['InstanceList.get_by_host', (_context, kwargs) => instances.getByHost(schemas.byHost.parse(kwargs).host)],
      ['InstanceList.get_on_the_way', (_context, kwargs) => instances.getOnTheWay(schemas.byHost.parse(kwargs).host)],
      [
        'InstanceActionEvent.event_start',
        (context, kwargs) => {
          const { instance_uuid, event_name, host } = schemas.event.parse(kwargs);
          return events.eventStart(context, instance_uuid, event_name, host);
        },
      ],
      [
        'InstanceActionEvent.event_finish_with_failure',
        (context, kwargs) => {
          const { instance_uuid, event_name, exc_val, exc_tb } = schemas.eventEnd.parse(kwargs);
          const failure = exc_val === null ? undefined : { message: exc_val, traceback: exc_tb ?? '' };
          return events.eventFinishWithFailure(context, instance_uuid, event_name, failure);
        },
      ],
      ['AllocationList.delete_all', (_context, kwargs) => allocations.delete(schemas.byUuid.parse(kwargs).uuid)],
    ]);
  }
}
