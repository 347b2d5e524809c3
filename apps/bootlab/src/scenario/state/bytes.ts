import type { Assertion } from '@bootlab/scenario';
import { loadConf, novaConf } from '@bootlab/openstack';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseRun } from '../case-run';
import { digest } from '../content/content';
import type { Fact } from './facts';

type Asked = NonNullable<Assertion['bytes_equal']>;
type Digest = { sha256: string; size: number };

function inWords({ size, sha256 }: Digest): string {
  return `${size} bytes, SHA-256 ${sha256.slice(0, 12)}…`;
}

/** What a compute host keeps of an image: `_base/<sha1 of its id>`, of several hosts each in its folder. Undefined when none has it. */
async function cached(imageId: string): Promise<Digest | undefined> {
  const name = createHash('sha1').update(imageId).digest('hex');
  const instances = loadConf(novaConf).DEFAULT.instances_path;
  const hosts = (await readdir(instances)).filter((folder) => folder.startsWith('compute'));
  for (const host of ['', ...hosts]) {
    const found = await digestOf(join(instances, host, '_base', name));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function digestOf(file: string): Promise<Digest | undefined> {
  try {
    return await digest(createReadStream(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether what a download or a boot brought is the image; a boot may have converted it to raw. */
export async function bytesFacts(run: CaseRun, { image }: Asked, of: string | undefined): Promise<Fact[]> {
  const named = of === undefined ? undefined : run.step(of);
  const step = named ?? run.results.find(({ kind }) => kind === 'boot' || kind === 'download');
  const content = run.images.get(image)?.content;
  if (content === undefined)
    return [{ what: '', expected: `the bytes of ${image}`, found: 'they are not known', ok: false }];
  const found = step?.kind === 'download' ? step.bytes : await cached(run.imageId(image));
  const wanted = [await digest(content.read())];
  if (step?.kind === 'boot' && content.readDisk) wanted.push(await digest(content.readDisk()));
  const ok = found !== undefined && wanted.some(({ sha256 }) => sha256 === found.sha256);
  return [
    {
      what: '',
      expected: wanted.map(inWords).join(', or as raw '),
      found: found === undefined ? 'nothing' : inWords(found),
      ok,
    },
  ];
}
