import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configuredEndpoints } from './configured-endpoints.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldstart-endpoints-'));
  file = join(folder, 'config');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const addresses = async (env: Record<string, string>) =>
  (await configuredEndpoints({ AWS_CONFIG_FILE: file, ...env })).map(({ address }) => address);

describe('the addresses that a shell configures', () => {
  it('are those of variables for all services and for one', async () => {
    expect(
      await addresses({
        AWS_ENDPOINT_URL: 'http://a',
        AWS_ENDPOINT_URL_LAMBDA: 'http://b',
        AWS_ENDPOINT_URL_S3: '',
        AWS_ENDPOINTS: 'x',
      }),
    ).toEqual(['http://a', 'http://b']);
  });

  it('are those of the profile in use and of its services, and of no other', async () => {
    writeFileSync(
      file,
      [
        '# endpoint_url = http://comment',
        '[default]',
        'endpoint_url = http://default ; said here',
        '[ profile  dev ]',
        'region = eu-west-1',
        'services = here',
        's3 =',
        '  max_concurrent_requests = 20',
        '[services here]',
        'lambda = ',
        '  endpoint_url = http://lambda',
        'sqs =',
        '\tendpoint_url = http://sqs',
        '[services there]',
        'lambda =',
        '  endpoint_url = http://nobody',
        '[dev]',
        'endpoint_url = http://no-profile',
      ].join('\r\n'),
    );
    expect(await addresses({})).toEqual(['http://default']);
    expect(await addresses({ AWS_PROFILE: 'dev' })).toEqual(['http://lambda', 'http://sqs']);
    expect(await addresses({ AWS_PROFILE: 'nobody' })).toEqual([]);
  });

  it('are none where the shell says that none counts', async () => {
    writeFileSync(file, '[default]\nendpoint_url = http://default\n');
    expect(
      await addresses({ AWS_ENDPOINT_URL: 'http://a', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }),
    ).toEqual([]);
  });
});
