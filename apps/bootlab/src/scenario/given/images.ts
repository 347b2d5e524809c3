import { GlanceClient, ImageManager, NewImage } from '@bootlab/glanceclient';
import type { RequestContext } from '@bootlab/openstack';
import type { GivenImage } from '@bootlab/scenario';
import { resolve } from 'node:path';
import { locate } from '../../http/locate';
import type { CaseRun, MadeImage } from '../case-run';
import { Content, fileContent, generatedContent } from '../content/content';
import { fill } from '../fill';
import { sendJson } from '../send';
import { damage } from './damage';

const TIMEOUT_SECONDS = 600;

/** glance-api's images, asked over connections that stay open until the worker ends. */
export function glanceImages(): ImageManager {
  return new GlanceClient({ endpoint: locate('glance-api'), timeoutSeconds: TIMEOUT_SECONDS }).images;
}

/** The bytes that an image is to have; undefined when it has none. */
export async function contentOf(run: CaseRun, name: string, image: GivenImage): Promise<Content | undefined> {
  if (image.file !== undefined) return fileContent(resolve(run.folder, image.file));
  if (image.size !== undefined) return generatedContent(name, image.size, image.header);
  return undefined;
}

/** What a request tells glance-api of an image. */
export function metadataOf(name: string, image: GivenImage): NewImage {
  const properties = Object.entries(image.properties ?? {}).map(([key, value]) => [key, String(value)]);
  return {
    name,
    disk_format: image.disk_format,
    container_format: image.container_format,
    min_disk: image.min_disk,
    min_ram: image.min_ram,
    is_public: image.visibility === 'public',
    protected: image.protected,
    owner: image.owner,
    properties: Object.fromEntries(properties) as Record<string, string>,
  };
}

/** The status that a row has without anybody's upload. */
const WITHOUT_BYTES = new Set(['queued', 'saving', 'killed']);

/**
 * Makes an image of `given`. Bytes are uploaded. What no request of a user reaches is written through the registry, as glance-api
 * itself would: a status other than active and queued, and an external location, which nobody checks then.
 */
export async function makeImage(run: CaseRun, name: string, given: GivenImage): Promise<MadeImage> {
  const image = fill(run, given);
  const admin = run.admin(image.owner);
  const content = await contentOf(run, name, image);
  const made = await reserveOrUpload(run, admin, name, image, content);
  const { status } = image;
  if (status !== 'active' && status !== 'queued') {
    await sendJson(`Image ${name} cannot be made ${status}`, admin, 'registry', 'PUT', `/images/${made.id}`, {
      body: { image: { status } },
    });
  }
  if (image.stored !== undefined) await damage(run, made.id, image.stored);
  return made;
}

async function reserveOrUpload(
  run: CaseRun,
  admin: RequestContext,
  name: string,
  image: GivenImage,
  content: Content | undefined,
): Promise<MadeImage> {
  const metadata = metadataOf(name, image);
  const location =
    image.store === 'http' && content !== undefined
      ? await run.web!.serve(name, image.size!, image.header)
      : image.location;
  if (location !== undefined) {
    const served = content ?? run.web?.contentAt(location);
    const size = image.claimed_size ?? served?.size ?? null;
    const body = { image: { ...metadata, location, size, status: 'active' } };
    const row = await sendJson<{ image: { id: string } }>(
      `Image ${name} cannot be made`,
      admin,
      'registry',
      'POST',
      '/images',
      { body },
    );
    return { id: row.image.id, content: served };
  }
  if (content === undefined || WITHOUT_BYTES.has(image.status))
    return { id: (await glanceImages().create(admin, metadata)).id, content };
  const { size } = content;
  return { id: (await glanceImages().create(admin, { ...metadata, size }, content.read())).id, content };
}
