import { GetItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { refusalIn } from '../found/log-lines.ts';
import { stackMay } from '../found/rights.ts';
import { deployedStack, ofType, type FoundStack } from '../found/stack.ts';
import type { Context, LabCheck } from './context.ts';

/** Where pictures are put; other keys are nobody's business. */
const prefix = 'pictures/';

export interface Inbox {
  readonly stack: FoundStack;
  readonly bucket: string;
  readonly table: string;
}

const inbox: LabCheck = {
  id: 'inbox',
  title: (text) => text.inbox.title,
  points: 10,
  verifiedOn: ['embedded'],
  requires: ['samTransform', 'iamEnforcement'],
  hints: (text) => text.inbox.hints,
  async run(context): Promise<Inbox> {
    const found = await inboxOf(context);
    await catalogued(context, found);
    return found;
  },
  async configuration(context): Promise<Inbox> {
    if (!(await context.can('samTransform'))) context.unseen('samTransform');
    const found = await inboxOf(context);
    await expectRights(context, found);
    await catalogued(context, found);
    return found;
  },
};

/** That a role of the stack lets its function read the pictures, which a server that asks no role does not show. */
async function expectRights(context: Context, { stack, bucket }: Inbox): Promise<void> {
  const arn = `arn:aws:s3:::${bucket}/${prefix}${context.nonce('picture')}`;
  if (await stackMay(context, stack, ['s3:GetObject'], arn)) return;
  context.fail({ ...context.text.inbox.mayNotRead, expected: 's3:GetObject' });
}

async function inboxOf(context: Context): Promise<Inbox> {
  const stack = await deployedStack(context, 'inbox');
  const [bucket] = ofType(stack, 'AWS::S3::Bucket');
  const [table] = ofType(stack, 'AWS::DynamoDB::Table');
  if (bucket === undefined) return lacks(context, stack, 'AWS::S3::Bucket');
  if (table === undefined) return lacks(context, stack, 'AWS::DynamoDB::Table');
  return { stack, bucket: bucket.physicalId, table: table.physicalId };
}

const lacks = (context: Context, { name }: FoundStack, type: string) =>
  context.fail({ ...context.text.stack.noResource(name, type), expected: type });

/** Puts a picture into the bucket and waits for its entry. Both are removed again. */
async function catalogued(context: Context, { stack, bucket, table }: Inbox): Promise<void> {
  const { s3, dynamodb } = context.clients;
  const { inbox: text } = context.text;
  const since = Date.now() - 1000;
  // S3 sends keys as in a form: a space is a plus, Hangul is percent-encoded.
  const key = `${prefix}${context.nonce('picture')} 사진.gif`;
  const [width, height] = [context.integer(2, 900), context.integer(2, 900)];
  const Key = { key: { S: key } };
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: gif(width, height) }));
  try {
    const entry = await context.until('effect', async () => {
      const answer = await dynamodb.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return answer.Item;
    });
    if (entry === undefined) return await failSilent(context, stack, key, since);
    const said = { width: Number(entry.width?.N), height: Number(entry.height?.N) };
    context.expect(said, text.wrong(key)).toEqual({ width, height });
  } finally {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await dynamodb.send(new DeleteItemCommand({ TableName: table, Key }));
  }
}

async function failSilent(context: Context, stack: FoundStack, key: string, since: number): Promise<never> {
  const { inbox: text, evidence } = context.text;
  const line = await refusalIn(context, stack, since);
  if (line === undefined) return context.fail(text.silent(key));
  return context.fail({ ...text.notAllowed, evidence: [{ label: evidence.logLine, value: line }] });
}

/** The head of a GIF: letters, version, width and height, low byte first. */
function gif(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(13);
  bytes.write('GIF89a', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

export const inboxChecks = { inbox };
