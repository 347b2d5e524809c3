import { cacheFolder } from '@bootlab/openstack';
import { join } from 'node:path';

/** What is downloaded: an archive of a release, where its checksum stands, and what of it is kept where. */
export interface Release {
  /** What its checksum is remembered by. */
  name: string;
  url: string;
  /** The archive's name in the checksum file. */
  file: string;
  /** The release's own list of SHA-256 sums; undefined where the project publishes none. */
  checksumsUrl?: string;
  /** Folder inside the archive whose content is kept. */
  inside: string;
  /** Where that content goes. Absolute. */
  folder: string;
  /** A file that is there when the release is. */
  mustHave: string;
}

export const JAEGER_VERSION = '2.20.0';
const UI_VERSION = '2.20.0';
const HOME = 'https://github.com/jaegertracing';

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const PROCESSORS: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  s390x: 's390x',
  ppc64: 'ppc64le',
};
const BUILT = [
  'linux-amd64',
  'linux-arm64',
  'linux-s390x',
  'linux-ppc64le',
  'darwin-amd64',
  'darwin-arm64',
  'windows-amd64',
];

/** `linux-amd64`; undefined when the project builds nothing for this machine. */
export function releasePlatform(platform = process.platform, arch = process.arch): string | undefined {
  const name = `${SYSTEMS[platform]}-${PROCESSORS[arch]}`;
  return BUILT.includes(name) ? name : undefined;
}

/** Where the releases are: `BOOTLAB_JAEGER_RELEASES` for a mirror of the same layout, else GitHub. */
function download(repository: string, version: string, file: string, env: NodeJS.ProcessEnv): string {
  const base = (env['BOOTLAB_JAEGER_RELEASES'] || HOME).replace(/\/+$/, '');
  return `${base}/${repository}/releases/download/v${version}/${file}`;
}

/** File name of Jaeger's program. */
export const JAEGER_PROGRAM = process.platform === 'win32' ? 'jaeger.exe' : 'jaeger';

/** Jaeger's server for a platform such as `linux-amd64`. */
export function jaegerRelease(platform: string, env: NodeJS.ProcessEnv = process.env): Release {
  const name = `jaeger-${JAEGER_VERSION}-${platform}`;
  const file = `${name}.tar.gz`;
  return {
    name,
    file,
    url: download('jaeger', JAEGER_VERSION, file, env),
    checksumsUrl: download('jaeger', JAEGER_VERSION, `jaeger-${JAEGER_VERSION}.sha256sum.txt`, env),
    inside: name,
    folder: join(cacheFolder(env), name),
    mustHave: JAEGER_PROGRAM,
  };
}

/** The static files of Jaeger's page, as its own server takes them into its build. */
export function uiRelease(env: NodeJS.ProcessEnv = process.env): Release {
  const file = 'assets.tar.gz';
  return {
    name: `jaeger-ui-${UI_VERSION}`,
    file,
    url: download('jaeger-ui', UI_VERSION, file, env),
    inside: 'packages/jaeger-ui/build',
    folder: join(cacheFolder(env), 'jaeger-ui'),
    mustHave: 'index.html',
  };
}
