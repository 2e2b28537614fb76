import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCloud } from '../../../start.ts';
import type { RunningCloud } from '../../../start.ts';
import { archive } from '../testing/archive.ts';
import { clientSettings, studentAt } from '../testing/student.ts';
import type { Student } from '../testing/student.ts';

/* Functions that misbehave, on a whole cloud that meanwhile serves another function. */
const linux = process.platform === 'linux';
if (!linux) {
  console.log(
    'Not Linux: memory, processes that left their group, and full disks of other programs are not tested.',
  );
}

let running: RunningCloud;
let student: Student;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-contained-'));
  running = await startCloud({ port: 0, home, ephemeral: true });
  student = await studentAt(running.origin);
  const iam = new IAMClient(clientSettings(running.origin));
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn }));
  iam.destroy();
  // It shares the processor with those: it may be late, and must not fail.
  await student.make('other', archive({ 'index.mjs': `export const handler = async () => 'fine';` }), {
    Timeout: 30,
  });
  await invoke('other');
}, 180_000);
afterEach(async () => {
  // Whatever a function did: nothing of it lives on, but idle environments themselves.
  if (linux) {
    await vi.waitFor(
      () => {
        expect(offspring()).toEqual([]);
      },
      { timeout: 15_000 },
    );
  }
});
afterAll(async () => {
  student.lambda.destroy();
  await running.stop();
  if (linux) expect(members()).toEqual([]);
  rmSync(home, { recursive: true, force: true });
}, 90_000);

async function invoke(FunctionName: string, event: object = {}) {
  const answer = await student.lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), LogType: 'Tail' }),
  );
  return {
    value: JSON.parse(Buffer.from(answer.Payload ?? []).toString()) as unknown,
    error: answer.FunctionError,
    log: Buffer.from(answer.LogResult ?? '', 'base64').toString(),
  };
}

/** Invokes a function that misbehaves while another one is called again and again. @returns its answer, and the longest ms that the other took */
async function beside(name: string, event: object = {}) {
  let over = false;
  const bad = invoke(name, event).finally(() => (over = true));
  let longest = 0;
  let calls = 0;
  while (!over) {
    const began = performance.now();
    expect((await invoke('other')).value).toBe('fine');
    longest = Math.max(longest, performance.now() - began);
    calls += 1;
  }
  return { ...(await bad), longest, calls };
}

/** Processes that belong to functions of this cloud: its home stands in their variables. */
function members(): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1)
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(running.cloud.settings.home)) return [];
        return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ') }];
      } catch {
        return [];
      }
    });
}
/** Those that are no runtime of an environment. */
const offspring = () => members().filter(({ command }) => !/bootstrap\.(?:cjs|py)/.test(command));

const make = (name: string, body: string, more: object = {}) =>
  student.make(name, archive({ 'index.mjs': `export const handler = async (event) => { ${body} };` }), {
    Timeout: 3,
    ...more,
  });

describe('a function that', () => {
  it('loops is ended at its timeout, and so is what it started', async () => {
    await make(
      'loops',
      `const { spawn } = await import('node:child_process');
       for (const detached of [false, true]) spawn(process.execPath, ['-e', 'for (;;);'], { detached, stdio: 'ignore' });
       for (;;);`,
    );
    const { value, error, log, longest } = await beside('loops');
    expect(error).toBe('Unhandled');
    expect(value).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(
        /^RequestId: \S+ Error: Task timed out after 3\.00 seconds$/,
      ) as string,
    });
    expect(log).toMatch(/\tDuration: 3000\.00 ms\tBilled Duration: 3\d{3} ms\t.*\tStatus: timeout\t\n$/);
    console.log(`loops: the other function answered within ${Math.round(longest)} ms`);
    expect(longest).toBeLessThan(10_000);
  }, 90_000);

  it.skipIf(!linux)(
    'forks and forks is ended',
    async () => {
      await make(
        'forks',
        `const { spawn } = await import('node:child_process');
       // Bounded, should it ever be missed: 8,192 at the end, each with work for some ms and asleep for half a minute.
       const bomb = 'bomb() { if [ $1 -eq 0 ]; then n=0; while [ $n -lt 20000 ]; do n=$((n+1)); done; exec sleep 30; fi;'
         + ' bomb $(($1-1)) | bomb $(($1-1)) & }; bomb 13';
       spawn('/bin/sh', ['-c', bomb], { stdio: 'ignore' });
       await new Promise((done) => setTimeout(done, 60_000));`,
        { Timeout: 60, MemorySize: 10_240 },
      );
      const { value, error, log, longest } = await beside('forks');
      expect(error).toBe('Unhandled');
      expect(value).toMatchObject({ errorType: 'Runtime.ExitError' });
      expect(log).toContain('more than 1024 processes');
      console.log(`forks: the other function answered within ${Math.round(longest)} ms`);
    },
    90_000,
  );
  it.skipIf(!linux)(
    'starts more and more processes is ended, also where they left its group',
    async () => {
      await make(
        'many',
        `const { spawn } = await import('node:child_process');
       spawn('/bin/sh', ['-c', 'n=0; while [ $n -lt 8000 ]; do setsid sleep 60 & n=$((n+1)); done'], { stdio: 'ignore' });
       await new Promise((done) => setTimeout(done, 60_000));`,
        // Enough that processes are what it runs out of, however late the busy machine counts them.
        { Timeout: 60, MemorySize: 10_240 },
      );
      const { value, error, log, longest } = await beside('many');
      expect(error).toBe('Unhandled');
      expect(value).toMatchObject({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/) as string,
      });
      expect(log).toContain('more than 1024 processes');
      console.log(`many processes: the other function answered within ${Math.round(longest)} ms`);
    },
    180_000,
  );

  it('prints 100 MB is contained', async () => {
    await make(
      'prints',
      `const line = 'x'.repeat(1023); for (let n = 0; n < 102_400; n += 1) console.log(line); return 'printed';`,
      { Timeout: 60 },
    );
    const before = process.memoryUsage().rss;
    const began = performance.now();
    const { value, longest } = await beside('prints');
    console.log(
      `prints: ${Math.round(performance.now() - began)} ms, ${Math.round((process.memoryUsage().rss - before) / 1e6)} MB more in the cloud; other within ${Math.round(longest)} ms`,
    );
    expect(value).toBe('printed');
  }, 270_000);

  it('fills its disk gets ENOSPC', async () => {
    await make(
      'fills',
      `const { appendFileSync } = await import('node:fs'); const b = Buffer.alloc(16 * 1024 * 1024);
       let n = 0; try { for (;;) { appendFileSync('/tmp/full', b); n += 16; } } catch (error) { return { code: error.code, n }; }`,
      { Timeout: 60, MemorySize: 512 },
    );
    const { value, longest } = await beside('fills');
    console.log(`fills: ${JSON.stringify(value)} other within ${Math.round(longest)} ms`);
    expect(value).toEqual({ code: 'ENOSPC', n: 512 });
  }, 270_000);
  it.skipIf(process.platform === 'win32')(
    'fills its disk by another program is ended',
    async () => {
      await make(
        'dd',
        `const { spawnSync } = await import('node:child_process');
       spawnSync('dd', ['if=/dev/zero', 'of=' + process.env.TMPDIR + '/full', 'bs=1M', 'count=4000']);
       return 'filled';`,
        { Timeout: 60, MemorySize: 512 },
      );
      const { value, log, longest } = await beside('dd');
      expect(value).toMatchObject({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/) as string,
      });
      const [, held] =
        /\/tmp holds (\d+) MB of 512 MB\. On AWS writing would fail with ENOSPC/.exec(log) ?? [];
      console.log(`dd: ended at ${held} MB; the other function answered within ${Math.round(longest)} ms`);
      expect(Number(held)).toBeLessThan(4_000);
    },
    270_000,
  );

  it.skipIf(!linux)(
    'exhausts memory is ended, and a child that does so, too',
    async () => {
      for (const [name, body] of [
        ['heap', 'const all = []; for (;;) all.push({ text: new Array(1000).fill(all.length) });'],
        [
          'child',
          `const { spawnSync } = await import('node:child_process');
         spawnSync(process.execPath, ['-e', 'const all = []; setInterval(() => all.push(Buffer.alloc(8e6, 1)), 5)']);`,
        ],
      ] as const) {
        await make(name, body, { Timeout: 60 });
        const { value, log, longest } = await beside(name);
        expect(value).toMatchObject({
          errorType: 'Runtime.OutOfMemory',
          errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/) as string,
        });
        expect(log).toMatch(
          /\tMax Memory Used: 128 MB\t.*\tStatus: error\tError Type: Runtime\.OutOfMemory\t\n$/,
        );
        console.log(`memory, ${name}: the other function answered within ${Math.round(longest)} ms`);
      }
    },
    270_000,
  );
});

describe('200 invocations at once', () => {
  const enough = totalmem() > 12 * 1024 ** 3;
  if (!enough) console.log('Less than 12 GB of memory: 200 environments at once are not tested here.');

  it.skipIf(!enough)(
    'scale out to 200 environments and back, and the cloud answers meanwhile',
    async () => {
      await make('wide', `await fetch(event.gate); return process.pid;`, { Timeout: 120 });
      // Each invocation waits at a gate that is opened when all are there.
      const held: ServerResponse[] = [];
      let open = false;
      const gate = createServer((_request, response) => {
        if (open) response.end();
        else held.push(response);
      });
      await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
      const { port } = gate.address() as AddressInfo;
      const lambda = new LambdaClient({
        ...clientSettings(running.origin),
        requestHandler: { httpAgent: { maxSockets: 300 } },
      });
      const wide = async (): Promise<unknown> => {
        const Payload = JSON.stringify({ gate: `http://127.0.0.1:${port}/` });
        const { Payload: told } = await lambda.send(new InvokeCommand({ FunctionName: 'wide', Payload }));
        return JSON.parse(Buffer.from(told ?? []).toString());
      };
      const began = performance.now();
      const many = Promise.all(Array.from({ length: 200 }, wide));
      let longest = 0;
      while (held.length < 200) {
        const from = performance.now();
        expect((await invoke('other')).value).toBe('fine');
        longest = Math.max(longest, performance.now() - from);
      }
      const out = Math.round(performance.now() - began);
      console.log(
        `200 at once: after ${out} ms; the other function answered within ${Math.round(longest)} ms`,
      );
      open = true;
      for (const response of held.splice(0)) response.end();
      const pids = new Set(await many);
      expect(pids.size).toBe(200);
      expect(pids.has(await wide())).toBe(true);
      await running.cloud.clock.advance(8 * 60_000);
      await vi.waitFor(
        () => {
          expect([...pids].filter(isAlive)).toEqual([]);
        },
        { timeout: 60_000 },
      );
      expect(pids.has(await wide())).toBe(false);
      lambda.destroy();
      gate.close();
    },
    360_000,
  );
});

function isAlive(pid: unknown): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}
