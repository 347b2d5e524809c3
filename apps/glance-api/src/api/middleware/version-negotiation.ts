import { hop } from '@bootlab/hop';
import type { IncomingMessage } from 'node:http';

/** Where the version documents are, inside; the status stands in the path. */
export const VERSIONS_300 = '/versions/choose';

const V1 = /^\/v1(\.[01])?(?=\/|\?|$)/;
const MEDIA_TYPE = /application\/vnd\.openstack\.images-v1(\.[01])?\b/;

/**
 * The version that the path or `Accept` asks for, as a path below /v1; anything else gets the list of versions.
 * Runs before a route is looked up.
 */
export const negotiateVersion = hop(
  'glance.api.middleware.version_negotiation.VersionNegotiationFilter.process_request',
  function negotiateVersion({ url = '/', headers: { accept = '' } }: IncomingMessage): string {
    if (/^\/versions\/?(\?|$)/.test(url)) return '/versions';
    if (MEDIA_TYPE.test(accept)) return `/v1${url.replace(V1, '')}`;
    return V1.test(url) ? url.replace(V1, '/v1') : VERSIONS_300;
  },
  { out: (path) => ({ 'url.negotiated': path.split('?')[0] }) },
);
