import { ServiceFailure } from '../../../service/failure.ts';
import type { Scope } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudWatchOperations } from '../client.ts';
import { validationError } from '../failures.ts';
import type { AlarmEvaluator } from './evaluator.ts';
import type { AlarmStore } from './store.ts';

const MOST = 100;

/** DeleteAlarms, SetAlarmState, EnableAlarmActions and DisableAlarmActions. */
export function manageAlarmOperations(alarms: AlarmStore, evaluator: AlarmEvaluator) {
  const setEnabled = (scope: Scope, names: readonly string[], actionsEnabled: boolean): void => {
    for (const name of names) {
      const row = alarms.in(scope).get(name);
      // Names of no alarm are passed over.
      if (row !== undefined && row.actionsEnabled !== actionsEnabled)
        alarms.configure(scope, { ...row, actionsEnabled }, 'updated');
    }
  };
  return {
    DeleteAlarms({ AlarmNames = [] }, call) {
      if (AlarmNames.length > MOST)
        throw validationError(`The collection AlarmNames must not have a size greater than ${MOST}.`);
      const rows = AlarmNames.map((name) => {
        const row = alarms.in(call).get(name);
        // "If you specify an incorrect alarm name … no alarms are deleted."
        if (row === undefined) throw noSuchAlarm(name);
        return row;
      });
      if (rows.filter(({ kind }) => kind === 'composite').length > 1)
        throw validationError('You can delete one composite alarm in a request.');
      for (const row of rows) alarms.configure(call, row, 'deleted');
      evaluator.composites(call);
      return {};
    },

    SetAlarmState({ AlarmName = '', StateValue, StateReason = '', StateReasonData }, call) {
      const row = alarms.in(call).get(AlarmName);
      if (row === undefined) throw noSuchAlarm(AlarmName);
      if (StateReasonData !== undefined) {
        try {
          JSON.parse(StateReasonData);
        } catch {
          throw new ServiceFailure('InvalidFormatFault', 'StateReasonData is not valid JSON.');
        }
      }
      alarms.setState(call, row, required(StateValue, 'StateValue'), StateReason, StateReasonData ?? null);
      return {};
    },

    EnableAlarmActions({ AlarmNames = [] }, call) {
      setEnabled(call, AlarmNames, true);
      return {};
    },

    DisableAlarmActions({ AlarmNames = [] }, call) {
      setEnabled(call, AlarmNames, false);
      return {};
    },
  } satisfies CloudWatchOperations;
}

const noSuchAlarm = (name: string): ServiceFailure =>
  new ServiceFailure('ResourceNotFound', `Alarm ${name} does not exist.`);
