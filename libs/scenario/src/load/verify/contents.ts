import { suggest } from '../../schema/nearest';
import type { GivenImage } from '../../schema/scenario';
import type { Tell } from '../problem';
import type { Subject } from './subject';

const WEB = '${web}';

/** Where an image's bytes are on the HTTP server of the scenario. */
function webPath({ location }: GivenImage): string | undefined {
  return location?.startsWith(WEB) ? location.slice(WEB.length) : undefined;
}

/** Whether the lab knows the bytes of an image, so that it can compare them. */
function isKnown(image: GivenImage, { given }: Subject): boolean {
  if (image.size !== undefined || image.file !== undefined) return true;
  const answer = given.web?.[webPath(image) ?? ''];
  return answer !== undefined && answer.truncate === undefined;
}

/** The bytes of an image must be where it says, and known when they are asked for. */
export function verifyContents(subject: Subject, tell: Tell): void {
  const { given, steps, assertions } = subject;
  const created = steps.flatMap(({ name, value }) => (value.create_image ? [[name, value.create_image] as const] : []));
  const images = new Map([...Object.entries(given.images ?? {}), ...created]);
  const served = Object.keys(given.web ?? {});
  for (const [name, image] of Object.entries(given.images ?? {})) {
    const path = webPath(image);
    if (path === undefined || served.length === 0 || served.includes(path)) continue;
    const next = `${suggest(path, served)} For an answer 404 say { status: 404 } there.`;
    tell(['given', 'images', name, 'location'], `given.web has nothing at ${path}.${next}`);
  }
  for (const { value, path } of assertions) {
    const image = images.get(value.bytes_equal?.image ?? '');
    if (image === undefined || isKnown(image, subject)) continue;
    const next = 'give the image a size or a file, or a location that given.web serves whole.';
    tell([...path, 'bytes_equal', 'image'], `The lab does not know the bytes of ${value.bytes_equal!.image}: ${next}`);
  }
}
