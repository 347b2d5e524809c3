import type { RequestContext } from '@bootlab/openstack';
import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import { ServerList } from '../../../compute/list';
import type { Server } from '../../../compute/server';
import { limitOf, queryOf } from '../common';
import { NovaContext } from '../context.decorator';
import { nextLinks } from '../links';
import { pipeline, prefixes } from '../pipeline';
import type { NovaRequest } from '../request';
import { ListQuery } from './list-query';
import { ServerViews } from './views/servers';

/** Lists of servers. Plays `index` and `detail` of `nova.api.openstack.compute.servers.ServersController`. */
@Controller(prefixes.map((prefix) => `${prefix}/servers`))
@UseInterceptors(...pipeline)
export class ServerListsController {
  constructor(
    private readonly servers: ServerList,
    private readonly listQuery: ListQuery,
    private readonly views: ServerViews,
  ) {}

  @Get()
  async index(@Req() request: NovaRequest, @NovaContext() context: RequestContext) {
    return this.#page(request, context, 'index', (server) => this.views.basic(request, server));
  }

  @Get('detail')
  async detail(@Req() request: NovaRequest, @NovaContext() context: RequestContext) {
    return this.#page(request, context, 'detail', (server) => this.views.show(request, context, server));
  }

  async #page(
    request: NovaRequest,
    context: RequestContext,
    kind: 'index' | 'detail',
    view: (server: Server) => object,
  ) {
    const query = queryOf(request);
    const limit = limitOf(query);
    const filters = await this.listQuery.filters(context, query, `os_compute_api:servers:${kind}:get_all_tenants`);
    const servers = filters ? await this.servers.list(filters, { limit, marker: query.marker }) : [];
    const links = nextLinks(
      request,
      servers.map(({ instance }) => instance.uuid),
      limit,
    );
    return { servers: servers.map(view), ...(links.length > 0 ? { servers_links: links } : {}) };
  }
}
