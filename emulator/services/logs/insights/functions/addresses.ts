import { BlockList, isIP } from 'node:net';
import { asText, type Value } from '../value.ts';
import { fixed, flag, type QueryFunction } from './function.ts';

const valid = (version: 4 | 6 | undefined): QueryFunction =>
  fixed(1, ([input = null]) => {
    const found = input === null ? 0 : isIP(asText(input));
    return flag(version === undefined ? found !== 0 : found === version);
  });

const inSubnet = (version: 4 | 6 | undefined): QueryFunction =>
  fixed(2, ([input = null, subnet = null]) => flag(holds(input, subnet, version)));

/** Subnets are constants of a query nearly always: the last ones are kept. */
const subnets = new Map<string, { readonly list: BlockList; readonly version: number } | undefined>();
const MOST_KEPT = 100;

function holds(input: Value, subnet: Value, wanted: 4 | 6 | undefined): boolean {
  if (input === null || subnet === null) return false;
  const address = asText(input);
  const version = isIP(address);
  const block = subnetOf(asText(subnet));
  if (block === undefined || version !== block.version || (wanted !== undefined && version !== wanted))
    return false;
  return block.list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function subnetOf(text: string): { readonly list: BlockList; readonly version: number } | undefined {
  if (subnets.has(text)) return subnets.get(text);
  if (subnets.size >= MOST_KEPT) subnets.clear();
  const [network = '', bits = ''] = text.split('/');
  const version = isIP(network);
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
  let made: { list: BlockList; version: number } | undefined;
  if (version !== 0 && prefix <= (version === 4 ? 32 : 128)) {
    const list = new BlockList();
    list.addSubnet(network, prefix, version === 4 ? 'ipv4' : 'ipv6');
    made = { list, version };
  }
  subnets.set(text, made);
  return made;
}

/** CloudWatch Logs User Guide, "IP address functions". */
export const addressFunctions: Readonly<Record<string, QueryFunction>> = {
  isvalidip: valid(undefined),
  isvalidipv4: valid(4),
  isvalidipv6: valid(6),
  isipinsubnet: inSubnet(undefined),
  isipv4insubnet: inSubnet(4),
  isipv6insubnet: inSubnet(6),
};
