import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserFailure } from '../session/failure.ts';
import { openSession } from '../session/session.ts';
import { ensureBackground } from './background.ts';

it('says so where the system starts no process for the cloud', async () => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'coldstart-background-'));
  const env = { COLDSTART_HOME: join(folder, 'home') };
  try {
    // A process is refused where its folder is missing, as it is where the machine has no more of them.
    const session = {
      ...openSession({ lang: 'en', color: false }, { build: 'one', bundle: folder }, env),
      root: join(folder, 'missing'),
    };
    const failure: unknown = await ensureBackground(session).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserFailure);
    expect((failure as UserFailure).message).toMatch(/^The system did not start a process .*ENOENT/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
