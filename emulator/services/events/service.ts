import * as schemas from '@aws-sdk/client-eventbridge/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import { busOperations } from './buses/operations.ts';
import { permissionOperations } from './buses/permissions.ts';
import type { EventBridge } from './client.ts';
import { eventsPort } from './inside.ts';
import limits from './limits.json' with { type: 'json' };
import { busArn, DEFAULT_BUS, ruleArn } from './names.ts';
import type { EventsPort } from './port.ts';
import { putOperations } from './putting/operations.ts';
import { Router } from './putting/router.ts';
import { ruleOperations } from './rules/operations.ts';
import { Ticker } from './schedule/ticker.ts';
import { EventStore } from './store.ts';
import { tagOperations } from './tags.ts';
import { targetOperations } from './targets/operations.ts';

/* The resources that calls name, for policies of roles. */
const bus = (name = DEFAULT_BUS, scope: Scope): string =>
  name.startsWith('arn:') ? name : busArn({ ...scope, name });
const rule = (busName = DEFAULT_BUS, name = '*', scope: Scope): string =>
  ruleArn(scope, busName.split('/').at(-1) ?? busName, name);
const ofBus = ({ Name }: { readonly Name?: string | undefined }, scope: Scope) => bus(Name, scope);
const ofPolicy = ({ EventBusName }: { readonly EventBusName?: string | undefined }, scope: Scope) =>
  bus(EventBusName, scope);
interface RuleInput {
  readonly Name?: string | undefined;
  readonly Rule?: string | undefined;
  readonly EventBusName?: string | undefined;
}
const ofRule = ({ Name, Rule, EventBusName }: RuleInput, scope: Scope) =>
  rule(EventBusName, Name ?? Rule, scope);
const byArn = ({ ResourceARN = '*' }: { readonly ResourceARN: string | undefined }) => ResourceARN;

/** Amazon EventBridge: buses, rules, schedules and targets. */
export default defineService<EventBridge, EventsPort>({
  wire: identities.events,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const store = new EventStore(cloud);
    const router = new Router(store);
    const ticker = new Ticker(store, (scope, rule, tick) => router.tick(scope, rule, tick));
    router.deliveries.resume();
    ticker.resume();
    return {
      operations: {
        ...busOperations(store),
        ...permissionOperations(store),
        ...ruleOperations(store, ticker),
        ...targetOperations(store),
        ...tagOperations(store),
        ...putOperations(store, router),
      },
      port: eventsPort(store, router),
      resources: {
        CreateEventBus: ofBus,
        DescribeEventBus: ofBus,
        UpdateEventBus: ofBus,
        DeleteEventBus: ofBus,
        PutPermission: ofPolicy,
        RemovePermission: ofPolicy,
        PutRule: ofRule,
        DescribeRule: ofRule,
        EnableRule: ofRule,
        DisableRule: ofRule,
        DeleteRule: ofRule,
        PutTargets: ofRule,
        RemoveTargets: ofRule,
        ListTargetsByRule: ofRule,
        TagResource: byArn,
        UntagResource: byArn,
        ListTagsForResource: byArn,
        PutEvents: ({ Entries }, scope) => bus(Entries?.[0]?.EventBusName, scope),
      },
      withoutEffect: {
        'CreateEventBus.KmsKeyIdentifier': 'The key is shown again; nothing is encrypted with it.',
        'UpdateEventBus.KmsKeyIdentifier': 'The key is shown again; nothing is encrypted with it.',
        'CreateEventBus.LogConfig': 'Kept and answered; a bus writes no logs of its own.',
        'UpdateEventBus.LogConfig': 'Kept and answered; a bus writes no logs of its own.',
        'CreateEventBus.DeadLetterConfig': 'Kept and answered: it is for events that a key of KMS fails.',
        'UpdateEventBus.DeadLetterConfig': 'Kept and answered: it is for events that a key of KMS fails.',
        'PutRule.RoleArn': 'Kept and answered; roles of targets are what counts.',
        'PutEvents.TraceHeader': 'There is no X-Ray.',
        'DeleteRule.Force': 'There are no rules that AWS services manage.',
        'RemoveTargets.Force': 'There are no rules that AWS services manage.',
      },
      stop: async () => {
        ticker.stop();
        await router.deliveries.stop();
      },
    };
  },
});
