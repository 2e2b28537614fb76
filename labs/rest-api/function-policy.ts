import { GetPolicyCommand, ResourceNotFoundException, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Called } from './found-api.ts';

/** The resource-based policy of what an integration calls: each alias and version has its own. */
export async function policyOf(client: LambdaClient, { arn, qualifier }: Called): Promise<string> {
  const name = qualifier === undefined ? arn : arn.slice(0, -qualifier.length - 1);
  try {
    const { Policy: policy } = await client.send(
      new GetPolicyCommand({ FunctionName: name, Qualifier: qualifier }),
    );
    return policy ?? '{}';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return '{}';
    throw error;
  }
}
