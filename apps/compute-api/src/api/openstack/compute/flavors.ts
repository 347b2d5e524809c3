import type { Flavor } from '@bootlab/nova';
import { Flavors } from '@bootlab/nova-db';
import { HttpException } from '@bootlab/openstack';
import { Controller, Get, Param, Req, UseInterceptors } from '@nestjs/common';
import { limitOf, queryOf } from '../common';
import { nextLinks } from '../links';
import { pipeline, prefixes } from '../pipeline';
import type { NovaRequest } from '../request';
import { basicFlavor, showFlavor } from './views/flavors';

type View = (request: NovaRequest, flavor: Flavor) => object;

/** What sizes of servers there are. Plays `nova.api.openstack.compute.flavors.FlavorsController`. */
@Controller(prefixes.map((prefix) => `${prefix}/flavors`))
@UseInterceptors(...pipeline)
export class FlavorsController {
  constructor(private readonly flavors: Flavors) {}

  @Get()
  async index(@Req() request: NovaRequest) {
    return this.#page(request, basicFlavor);
  }

  @Get('detail')
  async detail(@Req() request: NovaRequest) {
    return this.#page(request, showFlavor);
  }

  @Get(':id')
  async show(@Req() request: NovaRequest, @Param('id') id: string) {
    return { flavor: showFlavor(request, await this.flavors.getByFlavorId(id)) };
  }

  /** Filters `minRam` (MB) and `minDisk` (GiB), pages by `limit` and `marker`. */
  async #page(request: NovaRequest, view: View) {
    const query = queryOf(request);
    const limit = limitOf(query);
    const least = { ram: least0('minRam', query.minRam), disk: least0('minDisk', query.minDisk) };
    const all = (await this.flavors.list()).filter(
      ({ disabled, memory_mb, root_gb }) => !disabled && memory_mb >= least.ram && root_gb >= least.disk,
    );
    const start = query.marker === undefined ? 0 : all.findIndex(({ flavorid }) => flavorid === query.marker) + 1;
    if (query.marker !== undefined && start === 0) throw new HttpException(400, `marker [${query.marker}] not found`);
    const flavors = all.slice(start, start + limit);
    const links = nextLinks(
      request,
      flavors.map(({ flavorid }) => flavorid),
      limit,
    );
    return {
      flavors: flavors.map((flavor) => view(request, flavor)),
      ...(links.length > 0 ? { flavors_links: links } : {}),
    };
  }
}

function least0(name: string, text = '0'): number {
  if (!/^\d+$/.test(text)) throw new HttpException(400, `Invalid ${name} filter [${text}]`);
  return Number(text);
}
