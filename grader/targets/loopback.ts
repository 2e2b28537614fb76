import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const isLoopback = (address: string) => loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether an address leads to this machine, by every address that its name has. */
export async function staysHere(endpoint: URL): Promise<boolean> {
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isLoopback(host);
  // RFC 6761: these are loopback, whatever a resolver says or cannot say.
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  try {
    const addresses = await lookup(host, { all: true });
    return addresses.length > 0 && addresses.every(({ address }) => isLoopback(address));
  } catch {
    return false;
  }
}
