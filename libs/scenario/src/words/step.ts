import type { NamedStep } from '../load/scenario-case';
import { shortHop } from '../schema/hops';
import type { GivenImage } from '../schema/scenario';
import { sizeInWords, timeInWords } from './quantity';

function content({ size, header, file, location }: GivenImage): string {
  if (file !== undefined) return `from ${file}`;
  if (location !== undefined) return `at ${location}`;
  if (size === undefined) return 'without bytes';
  return `of ${sizeInWords(size)}${header === 'none' ? '' : ` with a header of ${header}`}`;
}

/** An image of the file: `raw/bare of 4 MiB, queued`. */
export function describeImage(image: GivenImage): string {
  const { disk_format: disk, container_format: container, status, stored } = image;
  const damage = stored === undefined ? [] : [
    stored.missing ? 'its file lost' : '',
    stored.truncate === undefined ? '' : `its file cut to ${sizeInWords(stored.truncate)}`,
    stored.corrupt === undefined ? '' : `byte ${stored.corrupt} of its file changed`,
  ]; // prettier-ignore
  const state = status === 'active' ? '' : status;
  return [`${disk}/${container} ${content(image)}`, state, ...damage].filter((part) => part !== '').join(', ');
}

function boot({ image, image_name: byName, flavor, count, until }: NonNullable<NamedStep['boot']>): string {
  const many = count === 1 ? '' : `${count} × `;
  const source = image ?? `the image called ${byName}`;
  return `boot ${many}${source}, ${flavor}${until === 'accepted' ? ', not waiting for it' : ''}`;
}

/** What a step does: `boot cirros, m1.nano`. */
export function describeStep(step: Omit<NamedStep, 'as'>): string {
  const { wait, delete: deleted, http, list_images: list } = step;
  if (step.boot) return boot(step.boot);
  if (step.create_image) return `create an image, ${describeImage(step.create_image)}`;
  if (list)
    return `list the images${list.detail ? ' in detail' : ''}${list.name === undefined ? '' : ` called ${list.name}`}`;
  if (step.show_image) return `show image ${step.show_image.image}`;
  if (step.download) return `download ${step.download.image}`;
  if (deleted)
    return deleted.server === undefined ? `delete image ${deleted.image}` : `delete server ${deleted.server}`;
  if (typeof wait === 'number') return `wait ${timeInWords(wait)}`;
  if (wait) return `wait until ${wait.server} is ${wait.status ?? wait.task_state}`;
  if (step.restart !== undefined) return `restart ${step.restart}`;
  if (step.stop !== undefined) return `stop ${step.stop}`;
  if (step.cut) return `cut the connections to the ${step.cut.connection} for ${timeInWords(step.cut.for)}`;
  if (http) return `${http.method} ${http.path} at ${http.service}`;
  if (step.find_trace) return `find the trace with ${shortHop(step.find_trace.hop)}`;
  return `at once: ${(step.parallel ?? []).map(describeStep).join('; ')}`;
}
