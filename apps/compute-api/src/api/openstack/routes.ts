import { HttpException } from '@bootlab/openstack';
import type { FastifyInstance } from 'fastify';

/** Remembers the routes as they are made, to tell a wrong method from a wrong path. */
export class KnownRoutes {
  readonly #routes: { pattern: RegExp; method: string }[] = [];

  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, method }) => {
      const pattern = new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}/?$`);
      for (const name of [method].flat()) this.#routes.push({ pattern, method: name });
    });
  }

  /** The answer to a request that no route takes: 405 when its path has other methods, else 404. */
  missing(url: string): HttpException {
    const path = url.split('?')[0] ?? url;
    const allowed = this.#routes.flatMap(({ pattern, method }) => (pattern.test(path) ? method : []));
    if (allowed.length === 0) return new HttpException(404, 'The resource could not be found.');
    const allow = [...new Set(allowed)].join(', ');
    return new HttpException(405, `The method is not allowed for this resource; it takes ${allow}.`, { allow });
  }
}
