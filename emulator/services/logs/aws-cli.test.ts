import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLogs, scope, type LogsCloud } from './testing/logs-cloud.ts';

/** The newest major version of the AWS CLI that is installed, or 0. */
const [{ command, version } = { command: 'aws', version: 0 }] = ['aws', '/usr/bin/aws', '/usr/local/bin/aws']
  .map((each) => {
    const shown = String(spawnSync(each, ['--version']).stdout);
    return { command: each, version: Number(/^aws-cli\/(\d+)/.exec(shown)?.[1] ?? 0) };
  })
  .sort((a, b) => b.version - a.version);
if (version === 0) console.warn('The AWS CLI is not installed: its tests are skipped.');
else if (version < 2)
  console.warn('This AWS CLI has no `logs tail` (version 2 has it): its tests are skipped.');

describe.runIf(version > 0)('the AWS CLI', () => {
  let cloud: LogsCloud;
  beforeAll(async () => {
    cloud = await openLogs();
  });
  afterAll(async () => {
    await cloud.close();
  });

  const start = (...words: string[]) =>
    // Older versions (Debian's 2.9) do not know AWS_ENDPOINT_URL.
    spawn(command, ['--endpoint-url', cloud.origin, 'logs', ...words], {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: scope.account,
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_DEFAULT_REGION: scope.region,
        AWS_PAGER: '',
        PYTHONUNBUFFERED: '1',
      },
    });
  const run = (...words: string[]): Promise<{ out: string; err: string; code: number | null }> =>
    new Promise((resolve, reject) => {
      const child = start(...words);
      let [out, err] = ['', ''];
      child.stdout.on('data', (part: Buffer) => (out += part.toString()));
      child.stderr.on('data', (part: Buffer) => (err += part.toString()));
      child.on('error', reject);
      child.on('close', (code) => {
        resolve({ out, err, code });
      });
    });
  const write = (message: string): void => {
    cloud.port.write(scope, '/aws/lambda/cli', '2026/11/23/[$LATEST]0', [{ timestamp: Date.now(), message }]);
  };

  it.runIf(version > 1)('tails a group', { timeout: 60_000 }, async () => {
    write('ERROR first\n');
    write('INFO second\n');
    const { out, err, code } = await run(
      'tail',
      '/aws/lambda/cli',
      '--filter-pattern',
      'ERROR',
      '--format',
      'short',
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toEqual([expect.stringMatching(/ ERROR first$/)]);
  });

  it.runIf(version > 1)('follows a group and shows each line once', { timeout: 90_000 }, async () => {
    const child = start('tail', '/aws/lambda/cli', '--follow', '--format', 'short');
    let out = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    const ended = new Promise<void>((resolve) => {
      child.on('close', () => {
        resolve();
      });
    });
    const shown = async (text: string): Promise<void> => {
      const deadline = Date.now() + 40_000;
      while (!out.includes(text)) {
        if (Date.now() > deadline) throw new Error(`The CLI has not shown ${text}, only:\n${out}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    try {
      await shown('second');
      write('third line\n');
      await shown('third line');
      write('fourth line\n');
      await shown('fourth line');
      expect(out.match(/third line/g)).toHaveLength(1);
    } finally {
      child.kill();
      await ended;
    }
  });

  it('filters a group, page by page', { timeout: 60_000 }, async () => {
    for (let index = 0; index < 25; index += 1) write(`page ${index}`);
    const { out, code } = await run(
      ...['filter-log-events', '--log-group-name', '/aws/lambda/cli', '--filter-pattern', 'page'],
      ...['--page-size', '10', '--query', 'events[].message', '--output', 'json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(Array.from({ length: 25 }, (_, index) => `page ${index}`));
  });

  it('reads what is wrong', { timeout: 60_000 }, async () => {
    const { err, code } = await run('filter-log-events', '--log-group-name', 'none');
    expect(code).not.toBe(0);
    expect(err).toContain(
      'An error occurred (ResourceNotFoundException) when calling the FilterLogEvents operation: The specified log group does not exist.',
    );
  });

  it('tests a filter pattern', { timeout: 60_000 }, async () => {
    const { out, code } = await run(
      ...[
        'test-metric-filter',
        '--filter-pattern',
        '[..., code=4*]',
        '--log-event-messages',
        'GET / 404',
        'GET / 200',
      ],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      matches: [
        { eventNumber: 1, eventMessage: 'GET / 404', extractedValues: { $1: 'GET', $2: '/', $code: '404' } },
      ],
    });
  });
});
