/** A resource that records and events are sent to. */
export interface Target {
  readonly service: 'sqs' | 'sns' | 'lambda' | 'events' | 's3';
  readonly arn: string;
  /** The last part: a queue's, topic's or bus's name, a function with its qualifier, a bucket. */
  readonly name: string;
  /** What the execution role must be allowed to do. */
  readonly action: string;
  /** The action as AWS's refusal names it, and the resource that the role needs it on. */
  readonly verb: string;
  readonly resource: string;
}

const patterns: readonly [Target['service'], RegExp, action: string][] = [
  ['sqs', /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:([a-zA-Z0-9_-]+)$/, 'sqs:SendMessage'],
  ['sns', /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:([a-zA-Z0-9_-]+)$/, 'sns:Publish'],
  [
    'lambda',
    /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:([a-zA-Z0-9_-]+(?::[a-zA-Z0-9_$-]+)?)$/,
    'lambda:InvokeFunction',
  ],
  ['events', /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/([a-zA-Z0-9_./-]+)$/, 'events:PutEvents'],
  ['s3', /^arn:aws[a-z-]*:s3:::([a-z0-9.-]+)$/, 's3:PutObject'],
];

/** Reads an ARN; undefined where it is none that Lambda sends to. FIFO queues and topics are none. */
export function targetOf(arn: string): Target | undefined {
  for (const [service, pattern, action] of patterns) {
    const name = pattern.exec(arn)?.[1];
    if (name === undefined) continue;
    const resource = service === 's3' ? `${arn}/*` : arn;
    return { service, arn, name, action, verb: action.slice(action.indexOf(':') + 1), resource };
  }
  return undefined;
}
