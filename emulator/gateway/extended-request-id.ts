import { drawnText } from '../trail/drawn-text.ts';

/** What AWS calls an extended request id: `x-amz-apigw-id`, as in `dGVzdC1kYXRhMTIz=`. It tells requests apart and is no secret. */
export const extendedRequestId = (): string => drawnText(11, 'base64');
