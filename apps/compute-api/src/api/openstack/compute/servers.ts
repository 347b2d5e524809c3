import { Hop } from '@bootlab/hop';
import { loadConf, novaConf, RequestContext } from '@bootlab/openstack';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { ComputeApi } from '../../../compute/api';
import { parseAvailabilityZone, RequestedZone } from '../../../compute/availability-zone';
import { ServerDeletion } from '../../../compute/delete';
import { FlavorTypes } from '../../../compute/flavors';
import { ServerLookup } from '../../../compute/get';
import { Policy } from '../../../policies/policy';
import { NovaContext } from '../context.decorator';
import { pipeline, prefixes } from '../pipeline';
import type { NovaReply, NovaRequest } from '../request';
import { SchemaPipe } from '../schema.pipe';
import { getServerAdminPassword } from './admin-password';
import { blockDevicesOf } from './block-device-mapping';
import { createRequestOf } from './create-server';
import { countsOf } from './multiple-create';
import { flavorIdFromReqData, imageFromReqData } from './references';
import { getRequestedNetworks } from './requested-networks';
import { createServer, CreateServerBody } from './schemas/servers';
import { ServerViews } from './views/servers';

/** One server. Plays `nova.api.openstack.compute.servers.ServersController`. */
@Controller(prefixes.map((prefix) => `${prefix}/servers`))
@UseInterceptors(...pipeline)
export class ServersController {
  readonly #passwordTold = loadConf(novaConf).DEFAULT.enable_instance_password;

  constructor(
    private readonly computeApi: ComputeApi,
    private readonly flavors: FlavorTypes,
    private readonly lookup: ServerLookup,
    private readonly deletion: ServerDeletion,
    private readonly policy: Policy,
    private readonly views: ServerViews,
  ) {}

  /** Boots one server or several; the answer names the first, with 202: what becomes of it shows later. */
  @Post()
  @HttpCode(202)
  @Hop('nova.api.openstack.compute.servers.ServersController.create', {
    in: (_request: NovaRequest, _reply: NovaReply, _context: RequestContext, { server }: CreateServerBody) => ({
      'server.name': server.name,
      'image.ref': server.imageRef,
      'flavor.ref': String(server.flavorRef),
    }),
  })
  async create(
    @Req() request: NovaRequest,
    @Res({ passthrough: true }) reply: NovaReply,
    @NovaContext() context: RequestContext,
    @Body(new SchemaPipe(createServer)) body: CreateServerBody,
  ) {
    const { server } = body;
    const adminPassword = getServerAdminPassword(server.adminPass);
    const devices = blockDevicesOf(server);
    const counts = countsOf(server);
    this.policy.enforce(context, 'os_compute_api:servers:create');
    const zone = this.#zone(context, server.availability_zone);
    const imageHref = imageFromReqData(server, devices.devices.length);
    const networks = server.networks === undefined ? [] : getRequestedNetworks(server.networks);
    const flavor = await this.flavors.getFlavorByFlavorId(flavorIdFromReqData(server));

    const parts = { flavor, imageHref, counts, zone, adminPassword, devices, networks };
    const { instances, reservationId } = await this.computeApi.create(context, createRequestOf(body, parts));

    if (server.return_reservation_id) return { reservation_id: reservationId };
    const view = this.views.create(request, instances[0]!);
    reply.header('location', view.links[0]!.href);
    return { server: this.#passwordTold ? { ...view, adminPass: adminPassword } : view };
  }

  @Get(':id')
  @Hop('nova.api.openstack.compute.servers.ServersController.show', {
    in: (_request: NovaRequest, _context: RequestContext, id: string) => ({ 'instance.uuid': id }),
  })
  async show(@Req() request: NovaRequest, @NovaContext() context: RequestContext, @Param('id') id: string) {
    return { server: this.views.show(request, context, await this.lookup.get(context, id)) };
  }

  @Delete(':id')
  @HttpCode(204)
  async delete(@NovaContext() context: RequestContext, @Param('id') id: string): Promise<void> {
    await this.deletion.delete(context, id);
  }

  /** Only an administrator may name a host. */
  #zone(context: RequestContext, given: string | undefined): RequestedZone {
    const zone = parseAvailabilityZone(given);
    if (zone.forcedHost !== null || zone.forcedNode !== null) {
      this.policy.enforce(context, 'os_compute_api:servers:create:forced_host');
    }
    return zone;
  }
}
