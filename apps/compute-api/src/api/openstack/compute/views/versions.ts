import { API_VERSION } from '../../api-version-request';
import { applicationUrl } from '../../links';
import type { NovaRequest } from '../../request';

const DOCUMENTATION = 'https://docs.openstack.org/api-ref/compute/';

function version(request: NovaRequest) {
  return {
    id: 'v2.1',
    status: 'CURRENT',
    version: API_VERSION,
    min_version: API_VERSION,
    updated: '2013-07-23T11:33:21Z',
    links: [{ rel: 'self', href: `${applicationUrl(request)}/v2.1/` }],
  };
}

/** The versions at `/`. Plays `nova.api.openstack.compute.views.versions.ViewBuilder.build_versions`. */
export function versionList(request: NovaRequest) {
  return { versions: [version(request)] };
}

/** The one version at `/v2.1`. Plays `ViewBuilder.build_version`. */
export function versionDocument(request: NovaRequest) {
  const { links, ...facts } = version(request);
  return {
    version: {
      ...facts,
      links: [...links, { rel: 'describedby', type: 'text/html', href: DOCUMENTATION }],
      'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.compute+json;version=2.1' }],
    },
  };
}
