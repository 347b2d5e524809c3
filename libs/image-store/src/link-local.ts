import { BlockList, isIP } from 'node:net';

const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
// IPv4 inside of IPv6: the deprecated compatible form and NAT64. The mapped form is looked up as IPv4 anyway.
linkLocal.addSubnet('::169.254.0.0', 112, 'ipv6');
linkLocal.addSubnet('64:ff9b::169.254.0.0', 112, 'ipv6');

/**
 * Whether the host of a URI is an address that only the machine's own link can see, as cloud metadata services have.
 * The URL parser has already turned numeric, octal and hexadecimal forms into dotted ones.
 */
export function isLinkLocal(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const host = new URL(uri).hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  return family !== 0 && linkLocal.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
