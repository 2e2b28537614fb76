import * as fs from 'node:fs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openState } from './open-state.ts';

/* How many more bytes the disk takes. */
const disk = vi.hoisted(() => ({ free: Infinity }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    writeSync: (file: number, bytes: Buffer, offset: number, length: number, position: number): number => {
      if (disk.free <= 0)
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      const written = real.writeSync(file, bytes, offset, Math.min(length, disk.free), position);
      disk.free -= written;
      return written;
    },
  };
});

const scope = { account: '111122223333', region: 'us-east-1' };
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-full-'));
});
afterEach(() => {
  disk.free = Infinity;
  rmSync(home, { recursive: true, force: true });
});

describe('a disk that is full', () => {
  it('makes the commit fail, and nothing is lost once there is room again', () => {
    const state = openState({ home });
    const rows = state.table<{ name: string }>('t').in(scope);
    rows.set('a', { name: 'before' });
    state.commit();
    disk.free = 20;
    rows.set('b', { name: 'while it was full' });
    expect(() => state.commit()).toThrow('ENOSPC');
    // Half a frame would hide what is written after it.
    expect(readFileSync(join(home, 'state.journal'), 'utf8')).toMatch(/^[^\n]+\n$/);
    disk.free = Infinity;
    rows.set('c', { name: 'after' });
    state.commit();
    const again = openState({ home });
    expect([...again.table<{ name: string }>('t').in(scope).values()].map(({ name }) => name)).toEqual([
      'before',
      'while it was full',
      'after',
    ]);
    again.close();
    state.close();
  });

  it('is said of changes that no request waits for, which are tried again', async () => {
    const said: string[] = [];
    const state = openState({ home, notice: (sentence) => said.push(sentence) });
    disk.free = 0;
    state.table<{ name: string }>('t').in(scope).set('a', { name: 'in the background' });
    await expect.poll(() => said).toEqual([expect.stringContaining('ENOSPC') as string]);
    disk.free = Infinity;
    await expect
      .poll(() => readFileSync(join(home, 'state.journal'), 'utf8'), { timeout: 10_000 })
      .toContain('in the background');
    state.close();
  });

  it('keeps the old journal where there is no room to rewrite it', () => {
    const state = openState({ home, compactFrom: 100 });
    const rows = state.table<{ name: string }>('t').in(scope);
    for (let turn = 0; turn < 40; turn += 1) {
      rows.set('k', { name: `turn ${String(turn)}` });
      // Room for this batch (about 90 bytes) and not for a snapshot besides.
      disk.free = 110;
      state.commit();
    }
    disk.free = Infinity;
    state.close();
    const again = openState({ home });
    expect(again.table<{ name: string }>('t').in(scope).get('k')).toEqual({ name: 'turn 39' });
    again.close();
    expect(fs.readdirSync(home)).toEqual(['state.journal']);
  });
});
