import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { containerFormats, diskFormats } from '@bootlab/openstack';
import { suggest } from '../../schema/nearest';
import type { GivenImage } from '../../schema/scenario';
import type { Path, Tell } from '../problem';
import type { Subject } from './subject';

const sources = ['size', 'file', 'location'] as const;
/** KiB that the header of a format and what it describes take at least. */
const leastSize: Partial<Record<GivenImage['header'], number>> = { qcow2: 8, iso: 38, vmdk: 128 };

function sizeProblem({ size, header }: GivenImage): string | undefined {
  const least = leastSize[header];
  if (size === undefined || least === undefined || size >= least * 1024) return undefined;
  return `This has no room for the header of ${header} and what it describes: give ${least} KiB or more.`;
}

function damageProblem({ size, stored = {} }: GivenImage): { key: string; message: string } | undefined {
  const key = (['truncate', 'corrupt'] as const).find((each) => stored[each] !== undefined && size !== undefined && stored[each] >= size); // prettier-ignore
  return key && { key, message: `The image has ${size} bytes: give less here.` };
}

function fileProblem(scenarioFile: string, file: string): string | undefined {
  const folder = dirname(resolve(scenarioFile));
  try {
    const real = realpathSync(resolve(folder, file));
    if (!real.startsWith(realpathSync(folder) + sep))
      return `${file} lies outside the scenario's folder: copy it into there.`;
    return statSync(real).isFile() ? undefined : `${file} is not a file: name one.`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return `Cannot read ${file} (${code}): name a file relative to the scenario's.`;
  }
}

/** What is given must be taken by glance; a step may ask for what it refuses. */
function formatProblem(what: string, format: string, known: readonly string[]): string | undefined {
  if (known.includes(format)) return undefined;
  return `There is no ${what} format ${format}.${suggest(format, known)}`;
}

function verifyFormats(image: GivenImage, path: Path, tell: Tell): void {
  const disk = formatProblem('disk', image.disk_format, diskFormats);
  const container = formatProblem('container', image.container_format, containerFormats);
  if (disk !== undefined) tell([...path, 'disk_format'], disk);
  if (container !== undefined) tell([...path, 'container_format'], container);
}

function verifyImage(image: GivenImage, path: Path, isGiven: boolean, file: string, tell: Tell): void {
  const given = sources.filter((key) => image[key] !== undefined);
  if (given.length > 1) tell([...path, given[1]!], `An image has one of size, file and location; this one has ${given.join(' and ')}.`); // prettier-ignore
  if (isGiven && given.length === 0 && image.status !== 'queued') {
    tell(path, `An image that is ${image.status} has content: give size, file or location, or status: queued.`);
  }
  if (image.header !== 'none' && image.size === undefined) tell([...path, 'header'], 'Only generated content gets a header: give a size, or take it away.'); // prettier-ignore
  const tooSmall = sizeProblem(image);
  if (tooSmall !== undefined) tell([...path, 'size'], tooSmall);
  const damage = damageProblem(image);
  if (damage !== undefined) tell([...path, 'stored', damage.key], damage.message);
  if (image.claimed_size !== undefined && image.location === undefined) tell([...path, 'claimed_size'], 'Only an image with a location claims a size: give location, or size instead.'); // prettier-ignore
  if (image.stored && (image.location !== undefined || image.status === 'queued')) tell([...path, 'stored'], 'Nothing of this image is stored: give size or file, or take `stored` away.'); // prettier-ignore
  if (image.store === 'http' && image.location !== undefined) tell([...path, 'store'], 'An image with a location has its store by that: take `store` or `location` away.'); // prettier-ignore
  if (image.store === 'http' && image.file !== undefined) tell([...path, 'store'], 'The HTTP server gives only generated content: give size instead of file, or take `store` away.'); // prettier-ignore
  if (image.file !== undefined && !image.file.includes('${')) {
    const problem = fileProblem(file, image.file);
    if (problem !== undefined) tell([...path, 'file'], problem);
  }
}

/** What is said of an image must fit together, and its file must be there. */
export function verifyImages({ given, steps, file }: Subject, tell: Tell): void {
  for (const [name, image] of Object.entries(given.images ?? {})) {
    verifyImage(image, ['given', 'images', name], true, file, tell);
    verifyFormats(image, ['given', 'images', name], tell);
  }
  for (const { value, path } of steps) {
    if (value.create_image) verifyImage(value.create_image, [...path, 'create_image'], false, file, tell);
  }
}
