import type {
  CloudFormationClient,
  ResourceChange,
  StackEvent,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  changeSetName,
  makeChangeSet,
  runChangeSet,
  withdrawChangeSet,
  type ReadyChangeSet,
} from './change-set.ts';
import { ApplicationFailure } from './fault.ts';
import { eventsFromNow, followed } from './follow.ts';
import type { LocalCode } from './local-code.ts';
import { packaged } from './packaged.ts';
import { parametersFor } from './parameters.ts';
import { readyStack, type Mending } from './ready.ts';
import { isComplete, stackOf } from './stack.ts';
import { readTemplateFile, templateIn, type Template } from './template.ts';
import { openBucket, upload, type Uploaded } from './upload.ts';

/** What a deployment tells as it goes. */
export type DeployEvent =
  | { readonly kind: 'uploaded'; readonly code: LocalCode; readonly uploaded: Uploaded }
  | { readonly kind: 'mending'; readonly status: StackStatus; readonly mending: Mending }
  | { readonly kind: 'changes'; readonly changes: readonly ResourceChange[]; readonly creates: boolean }
  | { readonly kind: 'stackEvent'; readonly event: StackEvent };

export interface DeployRequest {
  readonly clients: { readonly cloudformation: CloudFormationClient; readonly s3: S3Client };
  /** The folder that holds `template.yaml`, `template.yml` or `template.json`. */
  readonly folder: string;
  readonly stackName: string;
  /** For packages. Made where it is not there. */
  readonly bucket: string;
  /** Values of the template's parameters, where they are not what the stack or the template has. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** ARN of the policy that bounds every role of the template. */
  readonly boundary?: string | undefined;
  /** Where the places of mistakes in sources are told from. The folder, if absent. */
  readonly workspace?: string;
  readonly onEvent?: (event: DeployEvent) => void;
  /** Asked when the changes are known and nothing has been changed. Absent: they are made. */
  readonly confirm?: (changes: readonly ResourceChange[]) => Promise<boolean>;
}

/** How a deployment ended that did not fail. */
export interface Deployed {
  /** `unchanged`: the stack was as the template says already. `declined`: `confirm` said no. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'declined';
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Longer ones have to lie in S3 (CloudFormation quotas). bytes */
const longestInline = 51_200;

/** What `sam deploy` asks for, and nested applications need. */
const capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;

/**
 * Builds, packages and deploys the application of a folder, as `sam build` and `sam deploy` do. One that was ended
 * half way is taken up where the stack is.
 * @throws ApplicationFailure where the template, its code or a resource is not right
 */
export async function deployApplication(request: DeployRequest): Promise<Deployed> {
  const { clients, folder, stackName, onEvent = () => undefined } = request;
  const file = templateIn(folder);
  if (file === undefined) throw new ApplicationFailure({ kind: 'noTemplate', folder });
  const template = readTemplateFile(file, folder);
  const client = clients.cloudformation;
  await openBucket(clients.s3, request.bucket);
  const body = await bodyOf(request, template, onEvent);

  const tellEvent = (event: StackEvent) => {
    onEvent({ kind: 'stackEvent', event });
  };
  const there = await readyStack(client, stackName, {
    onMending: (status, mending) => {
      onEvent({ kind: 'mending', status, mending });
    },
    onEvent: tellEvent,
  });
  const creates = there === undefined;
  const inStack = (there?.Parameters ?? []).flatMap(({ ParameterKey: key }) =>
    key === undefined ? [] : [key],
  );
  const changeSet = await makeChangeSet(client, {
    StackName: stackName,
    ChangeSetName: changeSetName(new Date()),
    ChangeSetType: creates ? 'CREATE' : 'UPDATE',
    ...body,
    Capabilities: [...capabilities],
    Parameters: parametersFor(template, request.parameters ?? {}, inStack),
    Tags: Object.entries(request.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  });
  if (changeSet === undefined)
    return { outcome: 'unchanged', ...(await told(client, there?.StackId ?? stackName)) };
  onEvent({ kind: 'changes', changes: changeSet.changes, creates });
  if (!(await agreed(request, changeSet)))
    return { outcome: 'declined', stackId: changeSet.stackId, outputs: {} };
  await carriedOut(client, changeSet, tellEvent);
  return { outcome: creates ? 'created' : 'updated', ...(await told(client, changeSet.stackId)) };
}

/** What nobody agrees to leaves nothing behind. */
async function agreed({ confirm, clients }: DeployRequest, changeSet: ReadyChangeSet): Promise<boolean> {
  let answer = false;
  try {
    answer = confirm === undefined || (await confirm(changeSet.changes));
  } finally {
    if (!answer) await withdrawChangeSet(clients.cloudformation, changeSet);
  }
  return answer;
}

async function bodyOf(
  { clients, bucket, stackName, boundary, folder, workspace = folder }: DeployRequest,
  template: Template,
  onEvent: (event: DeployEvent) => void,
) {
  const address = addressesIn(clients.s3, bucket);
  const text = await packaged(
    template,
    {
      s3: clients.s3,
      bucket,
      prefix: stackName,
      address,
      boundary,
      onUploaded: (code, uploaded) => {
        onEvent({ kind: 'uploaded', code, uploaded });
      },
    },
    workspace,
  );
  const contents = Buffer.from(text);
  if (contents.length <= longestInline) return { TemplateBody: text };
  const { key } = await upload(clients.s3, bucket, stackName, { contents, extension: '.template' });
  return { TemplateURL: await address(key) };
}

/** Path-style, as CloudFormation reads it on AWS and on a cloud on this machine alike. */
function addressesIn({ config }: S3Client, bucket: string): (key: string) => Promise<string> {
  return async (key) => {
    const endpoint = config.isCustomEndpoint === true ? await config.endpoint?.() : undefined;
    if (endpoint === undefined) return `https://s3.${await config.region()}.amazonaws.com/${bucket}/${key}`;
    const port = endpoint.port === undefined ? '' : `:${String(endpoint.port)}`;
    return `${endpoint.protocol}//${endpoint.hostname}${port}/${bucket}/${key}`;
  };
}

async function carriedOut(
  client: CloudFormationClient,
  { id, stackId }: ReadyChangeSet,
  tell: (event: StackEvent) => void,
): Promise<void> {
  const events = await eventsFromNow(client, stackId);
  await runChangeSet(client, id);
  const stack = await followed(client, stackId, events, tell, true);
  if (isComplete(stack.StackStatus)) return;
  throw new ApplicationFailure({
    kind: 'failed',
    stackStatus: stack.StackStatus ?? '',
    first: events.firstFailed,
    stackReason: stack.StackStatusReason,
  });
}

async function told(
  client: CloudFormationClient,
  name: string,
): Promise<Pick<Deployed, 'stackId' | 'outputs'>> {
  const stack = await stackOf(client, name);
  const outputs = (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
    OutputKey,
    OutputValue,
  ]);
  return { stackId: stack?.StackId ?? '', outputs: Object.fromEntries(outputs) as Record<string, string> };
}
