import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { inlinePackage } from './package.ts';
import { nodeResponse } from './response-modules.ts';

const filesOf = (text: string, runtime: string): string[] =>
  Object.keys(unzipSync(inlinePackage(text, runtime))).sort();

describe('code that stands in a template', () => {
  it('is one file, by its runtime, and the same package each time', () => {
    expect(filesOf('exports.handler = 1', 'nodejs24.x')).toEqual(['index.js']);
    expect(filesOf('def handler(e, c): pass', 'python3.13')).toEqual(['index.py']);
    const made = inlinePackage('exports.handler = 1', 'nodejs22.x');
    expect(strFromU8(unzipSync(made)['index.js'] ?? new Uint8Array())).toBe('exports.handler = 1');
    expect(made).toEqual(inlinePackage('exports.handler = 1', 'nodejs22.x'));
  });

  it('has the module that answers custom resources where it asks for it', () => {
    const node = filesOf("const r = require('cfn-response');", 'nodejs24.x');
    expect(node).toEqual(['index.js', 'node_modules/cfn-response/index.js']);
    expect(filesOf('import cfnresponse', 'python3.13')).toEqual(['cfnresponse.py', 'index.py']);
  });

  it('answers a request of CloudFormation by that module', async () => {
    const bodies: unknown[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        bodies.push({ method: request.method, ...(JSON.parse(body) as object) });
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const folder = mkdtempSync(join(tmpdir(), 'coldstart-inline-'));
    try {
      const file = join(folder, 'index.cjs');
      writeFileSync(file, nodeResponse);
      const { send, SUCCESS } = createRequire(file)(file) as {
        SUCCESS: string;
        send: (event: object, context: object, status: string, data: object) => Promise<void>;
      };
      const { port } = server.address() as AddressInfo;
      const request = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Thing' };
      const event = { ...request, ResponseURL: `http://127.0.0.1:${String(port)}/answer?signed` };
      let done = 0;
      await send(event, { logStreamName: 'stream', done: () => (done += 1) }, SUCCESS, { Answer: 42 });
      expect(done).toBe(1);
      expect(bodies).toEqual([
        {
          ...request,
          method: 'PUT',
          Status: 'SUCCESS',
          Reason: 'See the details in CloudWatch Log Stream: stream',
          PhysicalResourceId: 'stream',
          NoEcho: false,
          Data: { Answer: 42 },
        },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      server.close();
      await once(server, 'close');
    }
  });
});
