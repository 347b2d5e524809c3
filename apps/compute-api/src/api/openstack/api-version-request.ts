import { HttpException } from '@bootlab/openstack';

/** The one microversion that is served. */
export const API_VERSION = '2.1';

const LEGACY = 'x-openstack-nova-api-version';
const STANDARD = 'openstack-api-version';

/** Headers of every answer that depends on the microversion. */
export const versionHeaders = {
  'openstack-api-version': `compute ${API_VERSION}`,
  'x-openstack-nova-api-version': API_VERSION,
  vary: 'OpenStack-API-Version, X-OpenStack-Nova-API-Version',
};

type Headers = Record<string, string | string[] | undefined>;

function asked(headers: Headers): string | undefined {
  const [standard, legacy] = [headers[STANDARD], headers[LEGACY]].map((value) => value?.toString());
  for (const entry of standard?.split(',') ?? []) {
    const [service, version] = entry.trim().split(/\s+/);
    if (service === 'compute') return version ?? '';
  }
  return legacy?.trim();
}

function compare(left: string, right: string): number {
  const [major = 0, minor = 0] = left.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = right.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
}

/**
 * Makes sure that the asked microversion is the served one; `latest` and none at all are.
 * @throws HttpException 400 when it is no version, 406 when it is another one
 */
export function checkApiVersion(headers: Headers): void {
  const version = asked(headers);
  if (version === undefined || version === 'latest') return;
  if (!/^[1-9]\d*\.(0|[1-9]\d*)$/.test(version)) {
    throw new HttpException(
      400,
      `API version '${version}' is of invalid format; write MAJOR.MINOR, e.g. ${API_VERSION}.`,
    );
  }
  if (compare(version, API_VERSION) !== 0) {
    throw new HttpException(
      406,
      `Version ${version} is not supported by the API. Minimum is ${API_VERSION} and maximum is ${API_VERSION}.`,
    );
  }
}
