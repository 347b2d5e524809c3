import { Hop } from '@bootlab/hop';
import { instanceName, NewInstance } from '@bootlab/nova';
import { RequestContext, statusFromState } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DEFAULT_AVAILABILITY_ZONE } from '../../../../compute/availability-zone';
import type { Server } from '../../../../compute/server';
import { bookmarkLink, Link, selfLink } from '../../links';
import type { NovaRequest } from '../../request';

type View = Record<string, unknown>;

const UNEXPECTED = 500;
const DEFAULT_GROUPS = [{ name: 'default' }];
const showsProgress = new Set(['ACTIVE', 'BUILD']);
const showsFault = new Set(['ERROR', 'DELETED']);

/** Servers as the API v2.1 shows them. Plays `nova.api.openstack.compute.views.servers.ViewBuilder`. */
@Injectable()
export class ServerViews {
  /** The answer to a boot. */
  @Hop('nova.api.openstack.compute.views.servers.ViewBuilder.create', {
    in: (_: NovaRequest, { uuid }: NewInstance) => ({ 'instance.uuid': uuid }),
  })
  create(request: NovaRequest, { uuid, auto_disk_config }: NewInstance): View & { links: Link[] } {
    return {
      id: uuid,
      links: serverLinks(request, uuid),
      'OS-DCF:diskConfig': diskConfig(auto_disk_config),
      security_groups: DEFAULT_GROUPS,
    };
  }

  /** An entry of the short list. */
  basic(request: NovaRequest, { instance: { uuid, display_name } }: Server): View {
    return { id: uuid, name: display_name, links: serverLinks(request, uuid) };
  }

  @Hop('nova.api.openstack.compute.views.servers.ViewBuilder.show', {
    in: (_request: NovaRequest, _context: RequestContext, { instance }: Server) => ({ 'instance.uuid': instance.uuid }),
  })
  show(request: NovaRequest, context: RequestContext, { instance, fault }: Server): View {
    const status = statusFromState(instance.vm_state ?? '');
    return {
      id: instance.uuid,
      name: instance.display_name,
      status,
      tenant_id: instance.project_id,
      user_id: instance.user_id,
      metadata: instance.metadata,
      hostId: hostId(instance),
      image: imageOf(request, instance),
      flavor: {
        id: instance.flavor.flavorid,
        links: [bookmarkLink(request, 'flavors', instance.flavor.flavorid)],
      },
      created: seconds(instance.created_at),
      updated: seconds(instance.updated_at ?? instance.created_at),
      addresses: {},
      accessIPv4: instance.access_ip_v4 ?? '',
      accessIPv6: instance.access_ip_v6 ?? '',
      links: serverLinks(request, instance.uuid),
      'OS-DCF:diskConfig': diskConfig(instance.auto_disk_config),
      ...(showsProgress.has(status) ? { progress: instance.progress } : {}),
      ...(fault && showsFault.has(status) ? { fault: faultOf(context, fault) } : {}),
      'OS-EXT-AZ:availability_zone': instance.host === null ? '' : DEFAULT_AVAILABILITY_ZONE,
      config_drive: instance.config_drive,
      key_name: instance.key_name,
      'OS-EXT-STS:task_state': instance.task_state,
      'OS-EXT-STS:vm_state': instance.vm_state,
      'OS-EXT-STS:power_state': instance.power_state ?? 0,
      'OS-SRV-USG:launched_at': microseconds(instance.launched_at),
      'OS-SRV-USG:terminated_at': microseconds(instance.terminated_at),
      security_groups: DEFAULT_GROUPS,
      'os-extended-volumes:volumes_attached': [],
      ...(context.isAdmin ? adminView(instance) : {}),
    };
  }
}

function adminView(instance: Server['instance']): View {
  const { id, host, node } = instance;
  return {
    'OS-EXT-SRV-ATTR:host': host,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': node,
    'OS-EXT-SRV-ATTR:instance_name': id === undefined ? '' : instanceName({ id }),
  };
}

function serverLinks(request: NovaRequest, uuid: string): Link[] {
  return [selfLink(request, 'servers', uuid), bookmarkLink(request, 'servers', uuid)];
}

function imageOf(request: NovaRequest, { image_ref }: NewInstance): View | '' {
  return image_ref === '' ? '' : { id: image_ref, links: [bookmarkLink(request, 'images', image_ref)] };
}

/** Who may not see what went wrong inside sees only that something did. */
function faultOf({ isAdmin }: RequestContext, { code, created_at, message, details }: Required<Server>['fault']): View {
  const told = details !== null && (isAdmin || code !== UNEXPECTED);
  return { code, created: seconds(created_at), message, ...(told ? { details } : {}) };
}

/** Tells two hosts apart without naming them. */
function hostId({ project_id, host }: NewInstance): string {
  return host === null
    ? ''
    : createHash('sha224')
        .update(`${project_id ?? ''}${host}`)
        .digest('hex');
}

function diskConfig(auto: boolean): string {
  return auto ? 'AUTO' : 'MANUAL';
}

/** `2018-02-28T12:00:00Z` */
function seconds(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z');
}

/** `2018-02-28T12:00:00.123000` */
function microseconds(time: string | null): string | null {
  return time?.replace('Z', '000') ?? null;
}
