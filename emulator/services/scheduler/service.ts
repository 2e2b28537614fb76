import * as schemas from '@aws-sdk/client-scheduler/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import type { Scope } from '../../service/call.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { Scheduler } from './client.ts';
import { groupOperations } from './groups/operations.ts';
import limits from './limits.json' with { type: 'json' };
import { DEFAULT_GROUP, groupArn, scheduleArn } from './rows.ts';
import { Clockwork } from './schedules/clockwork.ts';
import { scheduleOperations } from './schedules/operations.ts';
import { ScheduleStore } from './store.ts';

/* The resources that calls name, for policies of roles. */
interface ScheduleInput {
  readonly Name?: string | undefined;
  readonly GroupName?: string | undefined;
}
const schedule = ({ Name: name = '*', GroupName: group = DEFAULT_GROUP }: ScheduleInput, scope: Scope) =>
  scheduleArn(scope, { group, name });
const group = ({ Name = '*' }: { readonly Name?: string | undefined }, scope: Scope) => groupArn(scope, Name);
const byArn = ({ ResourceArn = '*' }: { readonly ResourceArn: string | undefined }) => ResourceArn;

/** Amazon EventBridge Scheduler. Other services ask nothing of it. */
export default defineService<Scheduler, object>({
  wire: identities.scheduler,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const store = new ScheduleStore(cloud);
    const clockwork = new Clockwork(store);
    clockwork.resume();
    return {
      operations: { ...scheduleOperations(store, clockwork), ...groupOperations(store, clockwork) },
      port: {},
      resources: {
        CreateSchedule: schedule,
        GetSchedule: schedule,
        UpdateSchedule: schedule,
        DeleteSchedule: schedule,
        CreateScheduleGroup: group,
        GetScheduleGroup: group,
        DeleteScheduleGroup: group,
        TagResource: byArn,
        UntagResource: byArn,
        ListTagsForResource: byArn,
      },
      withoutEffect: {
        'CreateSchedule.KmsKeyArn': 'The key is shown again; nothing is encrypted with it.',
        'UpdateSchedule.KmsKeyArn': 'The key is shown again; nothing is encrypted with it.',
        'UpdateSchedule.ClientToken': 'The same change twice is the same schedule.',
        'DeleteSchedule.ClientToken': 'What is deleted is gone.',
        'DeleteScheduleGroup.ClientToken': 'What is deleted is gone.',
      },
      stop: () => clockwork.stop(),
    };
  },
});
