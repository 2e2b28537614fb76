import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import { applicationsIn, bucketFor, type Application } from './applications.ts';
import type { Marks } from '../../../grader/targets/marks/marks.ts';
import { clientsFrom } from './clients.ts';
import { parametersInStack } from './ready.ts';
import { deployApplication, type Deployed, type DeployEvent } from './deploy-application.ts';

export interface DeployAll {
  readonly workspace: string;
  /** The whole environment of the deployment: `AWS_…` and `LAB_PREFIX`. */
  readonly env: NodeJS.ProcessEnv;
  /** What everything that is made carries. */
  readonly marks?: Marks | undefined;
  /** This application alone. */
  readonly only?: string;
  /** Tells what one of them does. */
  readonly watch?: (application: Application) => Watching;
}

/** What somebody who watches a deployment may say to it. */
export interface Watching {
  readonly onEvent?: (event: DeployEvent) => void;
  readonly onDeployed?: (deployed: Deployed) => void;
  /**
   * Values of parameters besides those of `samconfig.toml`.
   * @param inStack the parameters whose values the stack has already
   */
  readonly parameters?: (inStack: readonly string[]) => Promise<Readonly<Record<string, string>>>;
  readonly confirm?: (changes: readonly ResourceChange[]) => Promise<boolean>;
}

/**
 * Deploys the applications of a workspace, one after another.
 * @throws ApplicationFailure of the first that cannot be deployed
 */
export async function deployAll({ workspace, env, marks, only, watch }: DeployAll): Promise<void> {
  const prefix = env.LAB_PREFIX ?? '';
  const clients = await clientsFrom(env, marks);
  try {
    for (const application of applicationsIn(workspace, prefix)) {
      if (only !== undefined && application.name !== only) continue;
      const { folder, stackName } = application;
      const { onEvent, onDeployed, parameters, confirm } = watch?.(application) ?? {};
      const said = await parameters?.(await parametersInStack(clients.cloudformation, stackName));
      const deployed = await deployApplication({
        clients,
        workspace,
        folder,
        stackName,
        tags: application.tags,
        boundary: marks?.boundary,
        bucket: bucketFor(stackName, prefix, clients.account),
        parameters: { ...application.parameters, ...said },
        ...(onEvent === undefined ? {} : { onEvent }),
        ...(confirm === undefined ? {} : { confirm }),
      });
      onDeployed?.(deployed);
    }
  } finally {
    clients.close();
  }
}
