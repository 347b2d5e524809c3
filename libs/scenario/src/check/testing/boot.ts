import { makeSpan, Span } from '@bootlab/trace-model';
import type { TraceReport } from '../../report/report';

export const hops = {
  build: 'nova.compute.manager.ComputeManager._build_and_run_instance',
  spawn: 'nova.virt.libvirt.driver.LibvirtDriver.spawn',
  fetch: 'nova.virt.libvirt.utils.fetch_image',
  meta: 'glance.api.v1.images.Controller.meta',
  show: 'glance.api.v1.images.Controller.show',
  registryShow: 'glance.registry.api.v1.images.Controller.show',
  store: 'glance.api.v1.images.Controller._get_from_store',
  driver: 'glance_store._drivers.filesystem.Store.get',
} as const;

type Extra = Parameters<typeof makeSpan>[2];

function hopSpan(id: number, parent: number, hop: string, service: string, extra: Extra = {}): Span {
  const failed = extra.attributes?.['error.type'] !== undefined;
  return makeSpan(id, parent, {
    name: hop.slice(hop.lastIndexOf('.') + 1),
    service,
    ...(failed ? { status: { code: 'error', message: 'Image lost not found in the store.' } } : {}),
    ...extra,
    attributes: {
      'code.function.name': hop,
      'chain.decision': failed ? 'failed' : 'handled',
      'hop.level': 'story',
      ...extra.attributes,
    },
  });
}

const notFound = { attributes: { 'error.type': 'NotFound', 'image.id': 'lost' } };

/** A boot whose image the store has lost, in short. Times are in milliseconds. */
export function bootSpans(): Span[] {
  return [
    makeSpan(1, undefined, { name: 'bootlab boot', service: 'bootlab', at: 0, took: 100 }),
    makeSpan(2, 1, { name: 'cast compute.vm', kind: 'producer', service: 'conductor', at: 5, took: 1 }),
    makeSpan(3, 2, { name: 'process compute.vm', kind: 'consumer', service: 'compute-manager', at: 7, took: 90 }),
    hopSpan(4, 3, hops.build, 'compute-manager', { at: 8, took: 88 }),
    hopSpan(5, 4, hops.spawn, 'compute-manager', { at: 10, took: 80, ...notFound }),
    hopSpan(6, 5, hops.fetch, 'compute-manager', { at: 12, took: 70, ...notFound }),
    makeSpan(7, 6, { name: 'GET /v1/images/{id}', kind: 'client', service: 'compute-manager', at: 14, took: 60 }),
    makeSpan(8, 7, { name: 'GET /v1/images/{id}', kind: 'server', service: 'glance-api', at: 15, took: 58 }),
    hopSpan(9, 8, hops.show, 'glance-api', { at: 16, took: 55, ...notFound }),
    hopSpan(10, 9, hops.registryShow, 'registry', { at: 18, took: 5 }),
    hopSpan(11, 9, hops.store, 'glance-api', {
      at: 30,
      took: 20,
      ...notFound,
      events: [{ name: 'fault.fired', timeUnixNano: '1795368871031000000', attributes: { fault: 0 } }],
    }),
  ];
}

export function traceOf(spans: Span[], missing: string[] = []): TraceReport {
  return { of: 'boot', traceId: '1'.padStart(32, '0'), complete: missing.length === 0, missing, spans };
}
