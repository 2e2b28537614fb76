import { roleOf } from './made-once.ts';
import type { Source } from './throwaway.ts';
import { unlessRefused, type Trial } from './trial.ts';

/**
 * Asks DynamoDB for its tables with the function's own credentials, and tells what it was answered. The request is
 * signed by hand: not every server gives its functions the SDK.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
const asking: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: `import { createHash, createHmac } from 'node:crypto';
const sha = (text) => createHash('sha256').update(text).digest('hex');
const mac = (key, text) => createHmac('sha256', key).update(text).digest();
export const handler = async () => {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  const { AWS_ENDPOINT_URL = 'https://dynamodb.' + AWS_REGION + '.amazonaws.com' } = process.env;
  const url = new URL('/', AWS_ENDPOINT_URL);
  const at = new Date().toISOString().replace(/[-:]|\\.\\d+/g, '');
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    host: url.host,
    'x-amz-date': at,
    ...(AWS_SESSION_TOKEN && { 'x-amz-security-token': AWS_SESSION_TOKEN }),
    'x-amz-target': 'DynamoDB_20120810.ListTables',
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => name + ':' + value + '\\n');
  const request = ['POST', '/', '', lines.join(''), names, sha('{}')].join('\\n');
  const scope = [at.slice(0, 8), AWS_REGION, 'dynamodb', 'aws4_request'];
  const key = scope.reduce((so, part) => mac(so, part), 'AWS4' + AWS_SECRET_ACCESS_KEY);
  const signature = mac(key, ['AWS4-HMAC-SHA256', at, scope.join('/'), sha(request)].join('\\n')).toString('hex');
  headers.authorization = 'AWS4-HMAC-SHA256 Credential=' + AWS_ACCESS_KEY_ID + '/' + scope.join('/') +
    ', SignedHeaders=' + names + ', Signature=' + signature;
  const answer = await fetch(url, { method: 'POST', headers, body: '{}' });
  return { status: answer.status, text: await answer.text() };
};`,
};

/** Whether a role is all that a function may do. */
export const rightsTrials = {
  /** The role of trials may write logs, and nothing else. */
  iamEnforcement: unlessRefused(async (place) => {
    const { payload } = await place.invoke(await place.make(asking, await roleOf(place)), {});
    return JSON.stringify(payload).includes('AccessDenied');
  }),
} as const satisfies Readonly<Record<string, Trial>>;
