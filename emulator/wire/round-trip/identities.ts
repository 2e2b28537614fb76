import type { WireIdentity } from '../../service/service.ts';

/** Services that speak several protocols at once, for tests of the wire layer. */
export const cloudwatchIdentity: WireIdentity = {
  id: 'cloudwatch',
  signingName: 'monitoring',
  protocols: ['awsJson1.0', 'rpcv2Cbor', 'awsQuery'],
  target: 'GraniteServiceVersion20100801',
  version: '2010-08-01',
  xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
};
