import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stackTrace, student, type Student } from './testing/student.ts';

const windows = process.platform === 'win32';

describe('npm start and npm run cloud', { timeout: 60_000 }, () => {
  let ada: Student;
  beforeEach(() => {
    ada = student();
  });
  afterEach(() => ada.leave());

  /** What a command in the foreground prints, up to a line; it goes on afterwards. */
  function printed(child: ChildProcess, what: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      let seen = '';
      const look = (chunk: Buffer) => {
        seen += chunk.toString('utf8');
        if (what.test(seen)) resolve(seen);
      };
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      child.once('exit', () => reject(new Error(`It ended before it said ${String(what)}:\n${seen}`)));
    });
  }
  const exit = (child: ChildProcess) =>
    new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
  const address = (text: string, name: string) =>
    new RegExp(`${name}\\s+(http://127\\.0\\.0\\.1:\\d+)`).exec(text)?.[1] ?? '';

  it('serves cloud and page until it is ended, and other commands use it', async () => {
    const started = ada.begin(['start']);
    const ended = exit(started);
    const said = await printed(started, /Ctrl\+C/);
    expect((await fetch(`${address(said, 'Cloud')}/_coldstart/health`)).ok).toBe(true);
    expect(await (await fetch(`${address(said, 'Page')}/ko/`)).text()).toContain('실습');

    const opened = await ada.run(['lab', '1', '--json']);
    expect(JSON.parse(opened.out)).toMatchObject({ cloud: address(said, 'Cloud') });
    const again = await ada.run(['start']);
    expect(again.status).toBe(2);
    expect(again.seen).toMatch(/already runs/);
    expect(again.seen).not.toMatch(stackTrace);

    started.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(join(ada.home, 'running.json'))).toBe(false);
  });

  it('is ended by npm run stop from another window', async () => {
    const started = ada.begin(['start']);
    const ended = exit(started);
    await printed(started, /Ctrl\+C/);
    expect((await ada.run(['stop'])).out).toContain('have ended');
    expect(await ended).toBe(0);
    expect((await ada.run(['stop'])).out).toContain('Nothing was running');
  });

  it('keeps nothing when it is told so', async () => {
    const started = ada.begin(['cloud', '--ephemeral']);
    const ended = exit(started);
    const said = await printed(started, /Ctrl\+C/);
    expect(said).not.toMatch(/Page/);
    const { home } = (await (await fetch(`${address(said, 'Cloud')}/_coldstart/health`)).json()) as {
      home: string;
    };
    started.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(home)).toBe(false);
    expect(existsSync(join(ada.home, 'cloud'))).toBe(false);
  });

  if (windows) console.warn('Skipped: Windows has no file modes to look at.');
  it.skipIf(windows)('lets only this user read the token', async () => {
    await ada.run(['lab', '1']);
    const file = join(ada.home, 'running.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    const { cloud, token } = JSON.parse(readFileSync(file, 'utf8')) as { cloud: string; token: string };
    expect((await fetch(`${cloud}/_coldstart/clock`)).status).toBe(401);
    const allowed = await fetch(`${cloud}/_coldstart/clock`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(allowed.status).toBe(200);
  });
});
