import type { Kwargs } from './table';

const REASON = 'a fault of the lab';
const ID = '00000000-0000-4000-8000-000000000000';

/** What stands in a message's place by the place's name; the first that fits. */
const samples: [RegExp, string | number][] = [
  [/reason|detail|response|inner_exception|value/, REASON],
  [/^(flavor_size|volume_size)$/, 1],
  [/size|ram|_disk$/, 2],
  [/^(allowed|used|req|maximum|attempted|remaining|cap|redirects|timeout)$/, 1],
  [/^overs$/, 'instances'],
  [/^scheme$/, 'nowhere'],
  [/^known$/, 'file, http'],
  [/^(url|uri|image_href)$/, 'http://nowhere.invalid/'],
  [/^(server|host|target|net)$/, 'nowhere'],
  [/^(status|code)$/, 500],
  [/(^|_)id$|uuid$|^image$|^marker$/, ID],
];

/** Something to fill the places of a message with, when an exception is raised without a cause. */
export function sampleKwargs(places: readonly string[]): Kwargs {
  return Object.fromEntries(
    places.map((place) => [place, samples.find(([fits]) => fits.test(place))?.[1] ?? place.replaceAll('_', ' ')]),
  );
}
