const V2 =
  'part of the v2 edition of the path; the lab plays the v1 edition, where ImageManager.get and data take its place';
const SCHEDULER = 'the scheduler and placement are no service of the lab: the conductor picks the host itself';
const CACHE = 'the lab runs glance-api without the caching filter, as its pipeline without a flavor does';
const OSPROFILER = 'the HTTP server span and W3C trace context take the place of osprofiler';

const prefixes: [string, string][] = [
  ['osprofiler.', OSPROFILER],
  ['glanceclient.v2.', V2],
  ['glance.api.v2.', V2],
  ['glance.api.middleware.cache.', CACHE],
  ['nova.scheduler.client.', SCHEDULER],
  ['nova.scheduler.rpcapi.', SCHEDULER],
  ['nova.scheduler.manager.', SCHEDULER],
  ['nova.scheduler.filter_scheduler.', SCHEDULER],
  ['nova.scheduler.host_manager.', SCHEDULER],
  ['nova.scheduler.utils.claim_resources', SCHEDULER],
  ['nova.scheduler.utils.resources_from_request_spec', SCHEDULER],
];

/** Why the lab leaves a function of an implemented flow out; undefined when it plays it. */
export function reasonNotPlayed(id: string): string | undefined {
  return prefixes.find(([prefix]) => id.startsWith(prefix))?.[1];
}
