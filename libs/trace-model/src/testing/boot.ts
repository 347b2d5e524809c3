import type { Attributes, Span } from '../span';
import { makeSpan } from './make-span';

const HOPS: Record<string, Attributes> = {
  spawn: { 'code.function.name': 'driver.LibvirtDriver.spawn', 'hop.level': 'story' },
  cache: { 'code.function.name': 'imagebackend.Image.cache', 'hop.level': 'path' },
  fetch_image: { 'code.function.name': 'utils.fetch_image', 'hop.level': 'story' },
  copy: { 'code.function.name': 'imagebackend.copy', 'hop.level': 'path' },
};

/** A hop for specs: `name` gives it its id and level. */
export function makeHop(
  id: number,
  parent: number | undefined,
  name: string,
  more: Parameters<typeof makeSpan>[2] = {},
): Span {
  const attributes = { ...HOPS[name], 'chain.decision': 'handled', ...more.attributes };
  return makeSpan(id, parent, { ...more, name, attributes });
}

/** A small boot for specs: the image is downloaded, or was in the cache. */
export function smallBoot({ warm = false, download = 100 } = {}): Span[] {
  const took = warm ? 2 : download + 2;
  const first = [
    makeSpan(1, undefined, { name: 'POST /servers', kind: 'server', at: 0, took: took + 8 }),
    makeHop(2, 1, 'spawn', { at: 1, took: took + 4, service: 'compute' }),
    makeHop(3, 2, 'cache', { at: 2, took, service: 'compute', attributes: { 'cache.hit': warm } }),
  ];
  const copy = makeHop(6, 2, 'copy', { at: took + 3, took: 1, service: 'compute' });
  if (warm) return [...first, copy];
  const request = { 'peer.service': 'glance', 'http.response.status_code': 200 };
  return [
    ...first,
    makeHop(4, 3, 'fetch_image', { at: 3, took: download, service: 'compute' }),
    makeSpan(5, 4, {
      name: 'GET /images/{id}',
      kind: 'client',
      at: 4,
      took: download - 2,
      service: 'compute',
      attributes: request,
    }),
    makeSpan(7, 5, { name: 'GET /images/{id}', kind: 'server', at: 5, took: download - 4, service: 'glance' }),
    copy,
  ];
}

/** The spans with another outcome for the one of this name. */
export function failing(spans: readonly Span[], name: string, error: string): Span[] {
  return spans.map((span) =>
    span.name === name
      ? {
          ...span,
          status: { code: 'error', message: `${error} happened` },
          attributes: { ...span.attributes, 'error.type': error, 'chain.decision': 'failed' },
        }
      : span,
  );
}
