import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { deployAll } from '../../cli/deploy/application/deploy-all.ts';
import { ApplicationFailure } from '../../cli/deploy/application/fault.ts';
import { runDeployment, type Deployment } from '../../cli/deploy/run-deployment.ts';
import { targetEnvironment } from '../../cli/session/environment.ts';
import { leftOf, removeResources, type Named } from '../../cli/target/removal/remove-resources.ts';
import type { AnyLab, LabResources, Language, TargetName } from '../../grader/api.ts';
import { grade } from '../../grader/grade.ts';
import type { Prober } from '../../grader/probes/prober.ts';
import { resourceName } from '../../grader/resource-name.ts';
import type { Result } from '../../grader/result/result.ts';
import { openTarget } from '../../grader/targets/open.ts';
import type { Target } from '../../grader/targets/target.ts';

/** What a student does by hand: reads figures off a target and writes them into the workspace. */
export type ByHand = (at: {
  readonly workspace: string;
  readonly target: Target;
  readonly account: string;
  readonly prefix: string;
}) => Promise<void>;

export interface Student {
  deploy(workspace: string): Promise<Deployment>;
  /**
   * @param options `only`: grades these checks and what they need, all of them where none is given; `prober`: knows
   * what the server shows, where several gradings ask
   */
  grade(
    lab: AnyLab,
    workspace: string,
    language: Language,
    options?: { readonly seed?: number; readonly only?: readonly string[]; readonly prober?: Prober },
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

/** Where a student's things are, and who the student is there. */
export interface Seat {
  readonly name: TargetName;
  readonly endpoint: string;
  /** The embedded cloud's own: with it its time can be moved. */
  readonly token?: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Twelve digits: what `accessKeyId` leads to. */
  readonly account: string;
  readonly prefix: string;
  /** A folder for what the student's tools may look for. */
  readonly home: string;
}

/** A student at a server. @param opened is told of every target that is opened: whoever asks closes it */
export function studentAt(seat: Seat, opened: (target: Target) => void): Student {
  const { name, endpoint, token, accessKeyId, secretAccessKey, account, prefix, home } = seat;
  const env = targetEnvironment(
    { endpoint, region: 'us-east-1', accessKeyId, secretAccessKey },
    { ...process.env, LAB_PREFIX: prefix },
    home,
  );
  const opening = async (language: Language) => {
    const wish = { name, env: {}, endpoint, accessKeyId, secretAccessKey };
    const target = await openTarget({ ...wish, ...(token === undefined ? {} : { token }) }, language);
    opened(target);
    return target;
  };
  return {
    deploy: (workspace) => deployment(workspace, env),
    async grade(lab, workspace, language, { seed, only, prober } = {}) {
      const target = await opening(language);
      return grade({ lab, submission: workspace, target, language, prefix, seed, only, prober });
    },
    async act(byHand, workspace) {
      const target = await opening('en');
      await byHand({ workspace, target, account, prefix });
    },
    async clean(lab) {
      const { pool } = await opening('en');
      const resources: LabResources = Object.fromEntries(
        Object.entries(lab.resources).map(([kind, names]) => [
          kind,
          names.map((name) => resourceName(name, prefix, account)),
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
}
