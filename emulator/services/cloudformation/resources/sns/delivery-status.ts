import type { Json } from '../../../../state/state.ts';
import { shaped } from '../translate/shaped.ts';

interface Logging {
  readonly Protocol: string;
  readonly SuccessFeedbackRoleArn?: string;
  readonly SuccessFeedbackSampleRate?: string;
  readonly FailureFeedbackRoleArn?: string;
}

/** How the topic's attributes call the protocols. */
const prefixes: Readonly<Record<string, string>> = {
  'http/s': 'HTTP',
  sqs: 'SQS',
  lambda: 'Lambda',
  firehose: 'Firehose',
  application: 'Application',
};

/** `DeliveryStatusLogging` as the attributes of a topic that say the same. */
export function deliveryStatusAttributes(logging: Json | undefined): Record<string, string> {
  const all = (shaped<readonly Logging[] | undefined>(logging) ?? []).flatMap(({ Protocol, ...settings }) =>
    Object.entries(settings).map(([name, value]) => [`${prefixes[Protocol] ?? Protocol}${name}`, value]),
  );
  return Object.fromEntries(all) as Record<string, string>;
}
