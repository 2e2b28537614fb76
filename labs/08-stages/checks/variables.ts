import { shown } from '../../wording/wording.ts';
import { stageNames } from '../names.ts';
import { apiOf } from './api.ts';
import type { LabCheck } from './context.ts';

/** How the name of a secret ends. `secretArn` and `tokenUrl` say where one is, and are none. */
const secretName = /(secret|passw(or)?d|pwd|passphrase|token|credentials?|(api|access|private)_?key)_?\d*$/i;
/** An access key of AWS, or a JSON web token. */
const secretValue = /\b(AKIA|ASIA)[A-Z0-9]{16}\b|\beyJ[\w-]+\.eyJ[\w-]+\./;

const variables: LabCheck = {
  id: 'variables',
  title: (text) => text.variables.title,
  points: 5,
  needs: ['api'],
  verifiedOn: ['embedded'],
  hints: (text) => text.variables.hints,
  run(context) {
    const { text } = context;
    const { stages } = apiOf(context);
    for (const name of stageNames) {
      const { variables = {}, canarySettings } = stages[name];
      const all = { ...variables, ...canarySettings?.stageVariableOverrides };
      for (const [variable, value] of Object.entries(all)) {
        if (!secretName.test(variable) && !secretValue.test(value)) continue;
        // The value itself has no business in a report.
        context.fail({
          ...text.variables.secret(name, variable),
          actual: shown({ [variable]: `${value.slice(0, 2)}…` }),
        });
      }
    }
    return Promise.resolve();
  },
};

export const variableChecks = { variables };
