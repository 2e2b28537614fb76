import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployAll } from '../../cli/deploy/application/deploy-all.ts';
import { ApplicationFailure } from '../../cli/deploy/application/fault.ts';
import { runDeployment, type Deployment } from '../../cli/deploy/run-deployment.ts';
import { targetEnvironment } from '../../cli/session/environment.ts';
import { startCloud } from '../../emulator/start.ts';
import { leftOf, removeResources, type Named } from '../../cli/target/removal/remove-resources.ts';
import type { AnyLab, LabResources, Language } from '../../grader/api.ts';
import { grade } from '../../grader/grade.ts';
import { resourceName } from '../../grader/resource-name.ts';
import type { Result } from '../../grader/result/result.ts';
import { openTarget } from '../../grader/targets/open.ts';
import type { Target } from '../../grader/targets/target.ts';
import { makeMistake } from './mistakes.ts';

/** An embedded cloud for a lab's own proof, and folders that go away with it. */
export interface Place {
  /** A student with an account of their own, who knows nothing of the others. */
  student(prefix?: string): Student;
  /** A new folder with the contents of another, made wrong by the mistake whose folder is given. */
  workspace(source: string, mistake?: string): string;
  stop(): Promise<void>;
}

/** What a student does by hand: reads figures off a target and writes them into the workspace. */
export type ByHand = (at: {
  readonly workspace: string;
  readonly target: Target;
  readonly account: string;
  readonly prefix: string;
}) => Promise<void>;

export interface Student {
  deploy(workspace: string): Promise<Deployment>;
  /** @param only grades these checks and what they need; all of them where none is given */
  grade(
    lab: AnyLab,
    workspace: string,
    language: Language,
    options?: { readonly seed?: number; readonly only?: readonly string[] },
  ): Promise<Result>;
  /** Lets the student do something by hand, on the target of this student. */
  act(byHand: ByHand, workspace: string): Promise<void>;
  /** Removes the lab's resources, as `npm run clean` does. @returns what is left of them */
  clean(lab: AnyLab): Promise<readonly Named[]>;
  /** What exists in the account that a grading run must leave as it is, with its revisions. */
  inventory(): Promise<unknown>;
}

/** What `npm run deploy` does: the workspace's own script, or its applications where there is none. */
async function deployment(workspace: string, env: NodeJS.ProcessEnv): Promise<Deployment> {
  if (existsSync(join(workspace, 'deploy.ts'))) return runDeployment({ workspace, env });
  try {
    await deployAll({ workspace, env });
    return { outcome: 'done', output: '' };
  } catch (error) {
    if (!(error instanceof ApplicationFailure)) throw error;
    return { outcome: 'ended', status: error.message, output: '' };
  }
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
      const env = targetEnvironment(
        { endpoint: cloud.origin, region: 'us-east-1', ...key },
        { ...process.env, LAB_PREFIX: prefix },
        home,
      );
      const opening = (language: Language) =>
        openTarget(
          { name: 'embedded', env: {}, endpoint: cloud.origin, token: cloud.token, ...key },
          language,
        ).then((target) => {
          targets.push(target);
          return target;
        });
      return {
        deploy: (workspace) => deployment(workspace, env),
        async grade(lab, workspace, language, { seed, only } = {}) {
          const target = await opening(language);
          return grade({ lab, submission: workspace, target, language, prefix, seed, only });
        },
        async act(byHand, workspace) {
          const target = await opening('en');
          await byHand({ workspace, target, account: key.accessKeyId, prefix });
        },
        async clean(lab) {
          const { pool } = await opening('en');
          const resources: LabResources = Object.fromEntries(
            Object.entries(lab.resources).map(([kind, names]) => [
              kind,
              names.map((name) => resourceName(name, prefix, key.accessKeyId)),
            ]),
          );
          await removeResources(pool, resources);
          return leftOf(pool, resources);
        },
        async inventory() {
          const { pool } = await opening('en');
          const [lambda, iam, apigateway] = await Promise.all([
            pool.load('lambda'),
            pool.load('iam'),
            pool.load('apigateway'),
          ]);
          const { GetApiKeysCommand, GetRestApisCommand, GetUsagePlansCommand } =
            await import('@aws-sdk/client-api-gateway');
          const { ListFunctionsCommand } = await import('@aws-sdk/client-lambda');
          const { ListRolesCommand } = await import('@aws-sdk/client-iam');
          const { Functions } = await lambda.send(new ListFunctionsCommand({}));
          const { Roles } = await iam.send(new ListRolesCommand({}));
          const { items: apis } = await apigateway.send(new GetRestApisCommand({}));
          const { items: keys } = await apigateway.send(new GetApiKeysCommand({ includeValues: true }));
          const { items: plans } = await apigateway.send(new GetUsagePlansCommand({}));
          return { Functions, Roles, apis, keys, plans };
        },
      };
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
