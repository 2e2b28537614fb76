import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud } from '../../emulator/start.ts';
import { makeMistake } from './mistakes.ts';
import { studentAt, type Student } from './student.ts';

/** An embedded cloud for a lab's own proof, and folders that go away with it. */
export interface Place {
  /** A student with an account of their own, who knows nothing of the others. */
  student(prefix?: string): Student;
  /** A new folder with the contents of another, made wrong by the mistake whose folder is given. */
  workspace(source: string, mistake?: string): string;
  stop(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const home = mkdtempSync(join(tmpdir(), 'coldstart-proof-'));
  const cloud = await startCloud({ port: 0, home, ephemeral: true });
  const targets: { close(): void }[] = [];
  let students = 0;
  let folders = 0;
  return {
    student(prefix = '') {
      students += 1;
      const key = { accessKeyId: String(100_000_000_000 + students), secretAccessKey: 'proof' };
      return studentAt(
        {
          name: 'embedded',
          endpoint: cloud.origin,
          token: cloud.token,
          account: key.accessKeyId,
          ...key,
          prefix,
          home,
        },
        (target) => targets.push(target),
      );
    },
    workspace(source, mistake) {
      folders += 1;
      const folder = join(home, 'workspaces', String(folders));
      cpSync(source, folder, { recursive: true });
      if (mistake !== undefined) makeMistake(mistake, folder);
      return folder;
    },
    async stop() {
      for (const target of targets) target.close();
      await cloud.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
