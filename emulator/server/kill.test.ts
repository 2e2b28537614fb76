import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteRoleCommand } from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleCloud, type CloudProgram } from './fixture/processes.ts';
import { createRole, iamOf, roleNames } from './fixture/roles.ts';

let program: CloudProgram;
let home: string;
beforeAll(async () => {
  program = await bundleCloud();
});
afterAll(async () => {
  await program.remove();
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-kill-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('a cloud that is killed at a random moment under writes', () => {
  /* A sample in every run; the proof kills it as often as it is told, or 50 times. */
  const kills = process.env['COLDSTART_PROOF'] === '1' ? Number(process.env['COLDSTART_KILLS'] ?? 50) : 5;

  it(`has every acknowledged write after each of ${String(kills)} kills, and at most the ones in flight besides`, async () => {
    const WRITERS = 4;
    const kept = new Set<string>();
    let acknowledged = 0;
    let cloud = await program.start({ port: 0, home });
    for (let kill = 0; kill < kills; kill += 1) {
      const client = iamOf(cloud);
      // Role or no role: what each writer was doing when the cloud was killed.
      const unknown = new Set<string>();
      const end = new AbortController();
      const killed = (): boolean => end.signal.aborted;
      const writer = async (which: number): Promise<void> => {
        for (let turn = 0; !killed(); turn += 1) {
          const name = `role-${String(kill)}-${String(which)}-${String(turn)}`;
          // Every third is deleted again, so that lost deletions show as well.
          const old = turn % 3 === 2 ? name.replace(/\d+$/, String(turn - 1)) : undefined;
          const subject = old ?? name;
          unknown.add(subject);
          try {
            if (old !== undefined) await client.send(new DeleteRoleCommand({ RoleName: old }));
            else await client.send(createRole(name));
          } catch (error) {
            if (killed()) return;
            throw error;
          }
          unknown.delete(subject);
          if (old !== undefined) kept.delete(old);
          else kept.add(name);
          acknowledged += 1;
        }
      };
      const writers = Promise.all(Array.from({ length: WRITERS }, async (_, which) => await writer(which)));
      const until = acknowledged + 5 + Math.floor(Math.random() * 60);
      while (acknowledged < until) await Promise.race([new Promise(setImmediate), writers]);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      // The signal first: writes are under way when it strikes.
      const gone = cloud.kill();
      end.abort();
      await gone;
      await writers;
      client.destroy();
      expect(unknown.size).toBeLessThanOrEqual(WRITERS);

      cloud = await program.start({ port: 0, home });
      expect(cloud.errors()).toBe('');
      const reader = iamOf(cloud);
      const found = new Set(await roleNames(reader));
      reader.destroy();
      const lost = [...kept].filter((name) => !found.has(name) && !unknown.has(name));
      const raised = [...found].filter((name) => !kept.has(name) && !unknown.has(name));
      expect({ kill, lost, raised }).toEqual({ kill, lost: [], raised: [] });
      for (const name of unknown) {
        if (found.has(name)) kept.add(name);
        else kept.delete(name);
      }
    }
    expect(acknowledged).toBeGreaterThan(kills * 5);
    console.log(`${String(kills)} kills, ${String(acknowledged)} acknowledged writes, none lost`);
    await cloud.kill();
  }, 600_000);
});
