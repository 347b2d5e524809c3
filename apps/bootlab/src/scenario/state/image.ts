import type { ImageMetaV1 } from '@bootlab/glanceclient';
import type { Assertion } from '@bootlab/scenario';
import { glanceImages } from '../given/images';
import type { CaseRun } from '../case-run';
import { equal, Fact } from './facts';

type Asked = NonNullable<Assertion['image']>;

/** What an image is like now, as an administrator sees it. */
export async function imageFacts(run: CaseRun, { of, status, size, properties = {} }: Asked): Promise<Fact[]> {
  const image: ImageMetaV1 = await glanceImages().get(run.admin(), run.imageId(of));
  return [
    ...(status === undefined ? [] : [equal('status', status, image.status)]),
    ...(size === undefined ? [] : [equal('size', size, image.size)]),
    ...Object.entries(properties).map(([name, value]) =>
      equal(`property ${name}`, value === null ? null : String(value), image.properties[name]),
    ),
  ];
}
