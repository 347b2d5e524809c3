import type { NamedStep } from '@bootlab/scenario';
import type { CaseRun } from '../case-run';
import { digest } from '../content/content';
import { contentOf, glanceImages, metadataOf } from '../given/images';
import { sendJson } from '../send';
import { failedOutcome, StepAction, tracedStep } from './step';

const OK = { status: 200, message: '', headers: {} };

export const createImage: StepAction = async (run, step) => {
  const image = step.create_image!;
  const content = await contentOf(run, step.as, image);
  const { location, owner: _owner, ...rest } = { ...metadataOf(step.as, image), location: image.location };
  const metadata =
    location === undefined ? { ...rest, size: content?.size } : { ...rest, location, size: image.claimed_size };
  const { traceId, ...result } = await tracedStep(run, step, 'bootlab image create', { 'image.name': step.as }, () =>
    glanceImages().create(run.user(), metadata, location === undefined ? content?.read() : undefined),
  );
  if ('error' in result) return failedOutcome(traceId, result.error);
  const { id, status } = result.value;
  run.images.set(step.as, { id, content });
  return { traceId, imageId: id, http: { ...OK, status: 201 }, outcome: status };
};

interface Listed {
  id: string;
  name: string | null;
}

async function list(run: CaseRun, { name, detail }: NonNullable<NamedStep['list_images']>): Promise<Listed[]> {
  if (detail) return glanceImages().list(run.user(), name === undefined ? {} : { filters: { name } });
  const query = name === undefined ? '' : `?name=${encodeURIComponent(name)}`;
  return (
    await sendJson<{ images: Listed[] }>(
      'The images cannot be listed',
      run.user(),
      'glance-api',
      'GET',
      `/v1/images${query}`,
    )
  ).images;
}

/** Images that this run has not made, such as other scenarios' public ones, are left out. */
export const listImages: StepAction = async (run, step) => {
  const { traceId, ...result } = await tracedStep(run, step, 'bootlab image list', {}, () =>
    list(run, step.list_images!),
  );
  if ('error' in result) return failedOutcome(traceId, result.error);
  const own = new Set([...run.images.values()].map(({ id }) => id));
  const names = result.value.filter(({ id }) => own.has(id)).map((image) => image.name ?? image.id);
  return { traceId, listed: names, http: OK, outcome: `${names.length} images` };
};

export const showImage: StepAction = async (run, step) => {
  const id = run.imageId(step.show_image!.image);
  const { traceId, ...result } = await tracedStep(run, step, 'bootlab image show', { 'image.id': id }, () =>
    glanceImages().get(run.user(), id),
  );
  if ('error' in result) return failedOutcome(traceId, result.error);
  const { status, properties } = result.value;
  const headers = Object.entries(properties).map(([name, value]) => [`x-image-meta-property-${name}`, value]);
  return {
    traceId,
    imageId: id,
    http: { ...OK, headers: Object.fromEntries(headers) as Record<string, string> },
    outcome: status,
  };
};

export const download: StepAction = async (run, step) => {
  const id = run.imageId(step.download!.image);
  const { traceId, ...result } = await tracedStep(run, step, 'bootlab image save', { 'image.id': id }, async () => {
    const { chunks } = await glanceImages().data(run.user(), id);
    return digest(chunks ?? none());
  });
  if ('error' in result) return failedOutcome(traceId, result.error);
  return { traceId, imageId: id, bytes: result.value, http: OK, outcome: `${result.value.size} bytes` };
};

async function* none(): AsyncGenerator<Buffer> {
  // An image without bytes.
}
