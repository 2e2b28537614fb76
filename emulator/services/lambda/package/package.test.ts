import { mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archive } from '../testing/archive.ts';
import type { RawEntry } from '../testing/archive.ts';
import { rawArchive } from '../testing/raw-archive.ts';
import { checkContents, readContents } from './contents.ts';
import { unpack } from './unpack.ts';

const cannotUnzip = 'Could not unzip uploaded file. Please check your file, then try to upload again.';

let folder: string;
let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'coldstart-package-'));
  folder = await mkdtemp(join(parent, 'unpacked-'));
});
afterEach(async () => rm(parent, { recursive: true, force: true }));

/* What AWS would say of a package at its upload. */
async function judge(bytes: Uint8Array): Promise<string> {
  try {
    await checkContents(readContents(bytes));
    return 'accepted';
  } catch (error) {
    expect(error).toMatchObject({ code: 'InvalidParameterValueException' });
    return (error as Error).message;
  }
}

describe('a package that is fine', () => {
  it('is written with folders, contents and modes', async () => {
    const bytes = rawArchive([
      { name: 'index.mjs', content: 'export {}' },
      { name: 'bin/', mode: 0o40755 },
      { name: 'bin/tool', content: '#!/bin/sh', mode: 0o100755 },
      { name: './lib//deep/a.js', content: 'a', mode: 0o100600 },
    ]);
    expect(await judge(bytes)).toBe('accepted');
    await unpack(bytes, folder);
    expect(await readFile(join(folder, 'index.mjs'), 'utf8')).toBe('export {}');
    expect(await readFile(join(folder, 'lib', 'deep', 'a.js'), 'utf8')).toBe('a');
    if (process.platform !== 'win32') {
      expect((await stat(join(folder, 'bin', 'tool'))).mode & 0o777).toBe(0o755);
      expect((await stat(join(folder, 'lib', 'deep', 'a.js'))).mode & 0o777).toBe(0o600);
      expect((await stat(join(folder, 'index.mjs'))).mode & 0o777).toBe(0o644);
    }
  });

  it('may have thousands of files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`node_modules/m${index % 97}/f${index}.js`, `// ${index}`]),
    );
    const bytes = archive(files);
    expect(await judge(bytes)).toBe('accepted');
    await unpack(bytes, folder);
    const modules = await readdir(join(folder, 'node_modules'));
    expect(modules).toHaveLength(97);
    expect(await readFile(join(folder, 'node_modules', 'm52', 'f4999.js'), 'utf8')).toBe('// 4999');
  });

  it('may have a comment, names in Hangul and large files', async () => {
    const large = new Uint8Array(3_000_000).map((_, index) => index * 7);
    const bytes = rawArchive(
      [
        { name: '주문/처리.mjs', content: 'export {}' },
        { name: 'large.bin', content: large, compressed: deflateRawSync(large), method: 8 },
      ],
      'made by hand',
    );
    expect(await judge(bytes)).toBe('accepted');
    await unpack(bytes, folder);
    expect(await readdir(join(folder, '주문'))).toEqual(['처리.mjs']);
    expect(Buffer.compare(await readFile(join(folder, 'large.bin')), large)).toBe(0);
  });

  it('may have links that stay inside', async () => {
    const bytes = rawArchive([
      { name: 'lib/a.js', content: 'a' },
      { name: 'current/a.js', content: '../lib/a.js', mode: 0o120777 },
    ]);
    expect(await judge(bytes)).toBe('accepted');
    await unpack(bytes, folder);
    expect(await readFile(join(folder, 'current', 'a.js'), 'utf8')).toBe('a');
    if (process.platform !== 'win32') {
      expect(await readlink(join(folder, 'current', 'a.js'))).toBe('../lib/a.js');
    }
  });

  it('comes out of any archive as it went in', async () => {
    const name = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
    const files = fc.dictionary(
      fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}.x`),
      fc.uint8Array({ maxLength: 300 }),
      { minKeys: 1, maxKeys: 12 },
    );
    await fc.assert(
      fc.asyncProperty(files, async (contents) => {
        const target = await mkdtemp(join(parent, 'any-'));
        await unpack(zipSync(contents), target);
        for (const [path, content] of Object.entries(contents)) {
          expect([...(await readFile(join(target, ...path.split('/'))))]).toEqual([...content]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a package that AWS would refuse', () => {
  it('is empty', async () => {
    const empty = 'Uploaded file must be a non-empty zip';
    expect(await judge(new Uint8Array())).toBe(empty);
    expect(await judge(rawArchive([]))).toBe(empty);
    expect(await judge(rawArchive([{ name: 'only-a-folder/', mode: 0o40755 }]))).toBe(empty);
  });

  it('is no zip, cut off, or damaged', async () => {
    const whole = archive({ 'index.mjs': 'export const handler = 1;'.repeat(40) });
    expect(await judge(new TextEncoder().encode('this is not a zip archive'))).toBe(cannotUnzip);
    expect(await judge(whole.subarray(0, whole.length - 30))).toContain(cannotUnzip);
    const damaged = whole.slice();
    damaged[45] = (damaged[45] ?? 0) ^ 0xff;
    expect(await judge(damaged)).toContain(cannotUnzip);
    expect(await judge(rawArchive([{ name: 'a', content: 'x', crc32: 1 }]))).toContain('is damaged');
  });

  it('survives any bytes without another error', async () => {
    const whole = archive({ 'index.mjs': 'export const handler = 1;', 'lib/a.js': 'a' });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(whole.length),
        async (changes, length) => {
          const bytes = whole.slice(0, length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          await judge(bytes);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is encrypted or compressed in another way', async () => {
    expect(await judge(rawArchive([{ name: 'a', content: 'x', flags: 1 }]))).toContain('encrypted');
    expect(await judge(rawArchive([{ name: 'a', content: 'x', method: 93 }]))).toContain(
      'other than deflate',
    );
  });

  it('would be too large: declared, without inflating anything', async () => {
    const bytes = rawArchive([{ name: 'bomb', content: 'x', declaredSize: 262_144_000 }]);
    expect(await judge(bytes)).toBe('Unzipped size must be smaller than 262144000 bytes');
    const many = Array.from({ length: 300 }, (_, at) => ({
      name: `f${at}`,
      content: '',
      declaredSize: 1_000_000,
    }));
    expect(await judge(rawArchive(many))).toBe('Unzipped size must be smaller than 262144000 bytes');
  });

  it('lies about its size', async () => {
    const zeros = new Uint8Array(50_000_000);
    const compressed = deflateRawSync(zeros);
    for (const declaredSize of [10, 70_000]) {
      const before = process.memoryUsage().arrayBuffers;
      const lie = rawArchive([{ name: 'bomb', content: 'x', compressed, method: 8, declaredSize }]);
      expect(await judge(lie)).toContain('is damaged');
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    }
  });

  it('has entries that overlap', async () => {
    const bytes = Buffer.from(rawArchive([{ name: 'a', content: 'x'.repeat(1000) }]));
    const directory = bytes.indexOf('PK\x01\x02');
    const entry = bytes.subarray(directory, bytes.indexOf('PK\x05\x06'));
    const end = Buffer.from(bytes.subarray(bytes.indexOf('PK\x05\x06')));
    end.writeUInt16LE(200, 10);
    end.writeUInt32LE(entry.length * 200, 12);
    const copies = Array.from({ length: 200 }, () => entry);
    expect(await judge(Buffer.concat([bytes.subarray(0, directory), ...copies, end]))).toContain('overlap');
  });
});

describe('a path that leaves the package', () => {
  const link = (name: string, content: string): RawEntry => ({ name, content, mode: 0o120777 });
  const attacks: readonly (readonly [string, readonly RawEntry[], string])[] = [
    ['climbs', [{ name: '../evil.js', content: 'x' }], 'leads out of the package'],
    ['climbs inside', [{ name: 'a/../../evil.js', content: 'x' }], 'leads out of the package'],
    ['is absolute', [{ name: '/etc/evil', content: 'x' }], 'absolute path'],
    ['has a drive', [{ name: 'C:/evil.js', content: 'x' }], 'absolute path'],
    ['has backslashes', [{ name: '..\\evil.js', content: 'x' }], 'backslash'],
    ['has a NUL', [{ name: 'a\0.js', content: 'x' }], 'NUL character'],
    [
      'has no name',
      [
        { name: './', content: 'x', mode: 0o100644 },
        { name: '', content: 'x' },
      ],
      'no name',
    ],
    [
      'is there twice',
      [
        { name: 'a.js', content: 'x' },
        { name: './a.js', content: 'y' },
      ],
      'there twice',
    ],
    [
      'is file and folder',
      [
        { name: 'a', content: 'x' },
        { name: 'a/b', content: 'y' },
      ],
      'inside a file',
    ],
    ['links out', [link('a', '../../outside')], 'leads out of the package'],
    ['links to a root', [link('a', '/etc/passwd')], 'leads out of the package'],
    ['goes through a link', [link('a', 'b'), { name: 'a/evil.js', content: 'x' }], 'behind a link'],
    [
      'climbs through a link',
      [{ name: 'd/e/f', content: 'x' }, link('d/up', 'e/..'), link('a', 'd/up/../../out')],
      'leads through another link',
    ],
  ];
  it.each(attacks)('%s', async (_, entries, why) => {
    const bytes = rawArchive(entries);
    const message = await judge(bytes);
    expect(message).toContain(cannotUnzip);
    expect(message).toContain(why);
    await expect(unpack(bytes, folder)).rejects.toThrow(why);
    expect(await readdir(folder)).toEqual([]);
    expect(await readdir(parent)).toHaveLength(1);
  });
});
