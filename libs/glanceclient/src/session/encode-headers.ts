import { glanceclientException } from '@bootlab/openstack';

// eslint-disable-next-line no-control-regex -- these are what a header cannot carry
const FORBIDDEN = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * Headers as they go over the wire: text as UTF-8 bytes, as glance reads it.
 * @throws HTTPBadRequest naming a header that has a line break or another control character
 */
export function encodeHeaders(headers: Record<string, string>): Record<string, string> {
  const encoded: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
      throw new glanceclientException.HTTPBadRequest({
        reason: `"${name}" cannot be the name of an HTTP header; use letters, digits, - and _.`,
      });
    }
    if (FORBIDDEN.test(value)) {
      throw new glanceclientException.HTTPBadRequest({
        reason: `The value of ${name} has a line break or another control character; leave it out.`,
      });
    }
    encoded[name] = Buffer.from(value, 'utf8').toString('latin1');
  }
  return encoded;
}

/** The text of a header that arrived: its bytes read as UTF-8. */
export function decodeHeader(value: string | string[]): string {
  return Buffer.from(Array.isArray(value) ? value.join(', ') : value, 'latin1').toString('utf8');
}
