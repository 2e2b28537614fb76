import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mark } from '../../../grader/targets/marks/mark.ts';
import type { Marks } from '../../../grader/targets/marks/marks.ts';

/** The clients of a deployment, and whose account it is. */
export interface DeployClients {
  readonly cloudformation: CloudFormationClient;
  readonly s3: S3Client;
  readonly account: string;
  close(): void;
}

/**
 * Clients as the environment of a student's own script would make them.
 * @param env see `cli/session/environment.ts`
 * @param marks what everything that they make carries
 */
export async function clientsFrom(env: NodeJS.ProcessEnv, marks?: Marks): Promise<DeployClients> {
  const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  const local = endpoint !== undefined && endpoint !== '';
  const settings = {
    ...(region === undefined ? {} : { region }),
    ...(local
      ? {
          endpoint,
          credentials: {
            accessKeyId: accessKeyId ?? '',
            secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
            ...(sessionToken === undefined ? {} : { sessionToken }),
          },
        }
      : {}),
    // As many as a student's own script is given.
    maxAttempts: Math.max(6, Number(env.AWS_MAX_ATTEMPTS ?? 0) || 0),
  };
  const sts = new STSClient(settings);
  const { Account: account = '' } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  const cloudformation = new CloudFormationClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: local });
  if (marks !== undefined) for (const client of [cloudformation, s3]) mark(client, marks);
  return {
    cloudformation,
    s3,
    account,
    close() {
      cloudformation.destroy();
      s3.destroy();
    },
  };
}
