import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBlobs } from './blob-files.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-blobs-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});
const files = (): string[] =>
  readdirSync(join(home, 'blobs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /[0-9a-f]{64}$/.test(name),
  );

describe('blobs', () => {
  it('gives back bytes, also after a restart, and stores a content once', async () => {
    const bytes = Buffer.from('the code of a function');
    const blobs = openBlobs({ home, durable: true });
    const [first, second] = await Promise.all([blobs.put(bytes), blobs.put(bytes)]);
    expect(first).toBe(second);
    expect(files()).toHaveLength(1);
    expect(Buffer.from(await openBlobs({ home, durable: true }).get(first))).toEqual(bytes);
  });

  it('removes what nothing refers to, at whatever depth a reference stands', async () => {
    const before = openBlobs({ home, durable: false });
    const kept = await before.put(Buffer.from('kept'));
    await before.put(Buffer.from('forgotten'));
    const after = openBlobs({ home, durable: false });
    const fresh = await after.put(Buffer.from('put since the start, its row is not written yet'));
    expect(after.collect([{ versions: [{ code: kept }] }])).toBe(1);
    expect(files()).toHaveLength(2);
    expect(Buffer.from(await after.get(kept)).toString()).toBe('kept');
    expect((await after.get(fresh)).length).toBeGreaterThan(0);
  });

  it('mends a file that a power cut left short, and forgets half-written ones', async () => {
    const bytes = Buffer.from('whole');
    const ref = await openBlobs({ home, durable: true }).put(bytes);
    writeFileSync(join(home, 'blobs', files()[0] ?? ''), 'wh');
    writeFileSync(join(home, 'blobs', 'incoming', 'half'), 'ha');
    const blobs = openBlobs({ home, durable: true });
    expect(readdirSync(join(home, 'blobs', 'incoming'))).toEqual([]);
    await blobs.put(bytes);
    expect(Buffer.from(await blobs.get(ref))).toEqual(bytes);
  });

  it('takes nothing but its own references', async () => {
    await expect(openBlobs({ home, durable: false }).get('blob:../../lock')).rejects.toThrow(TypeError);
  });
});
