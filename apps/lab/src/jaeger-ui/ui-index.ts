import { injected } from './ui-config';

/** Where the page lies. */
const BASE = '/jaeger/';

/** JSON that may stand inside of a script element. */
function scriptJson(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/**
 * Jaeger's index.html with what its own server puts into it, of old builds and new. The first `<base>` of a page counts, so
 * builds that have none, or find it by script, are told too.
 */
export function prepareIndex(index: string): string {
  let page = index.replace(/<head([^>]*)>/i, (head) => `${head}<base href="${BASE}" />`);
  for (const [name, value] of Object.entries(injected)) {
    page = page.replace(
      new RegExp(`JAEGER_${name} *= *DEFAULT_${name};`),
      () => `JAEGER_${name} = ${scriptJson(value)};`,
    );
  }
  return page;
}
