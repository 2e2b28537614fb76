import * as schemas from '@aws-sdk/client-ssm/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import type { Call, Scope } from '../../service/call.ts';
import type { Need } from '../../service/access.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { Ssm } from './client.ts';
import { labelOperations } from './labels.ts';
import limits from './limits.json' with { type: 'json' };
import { referenceOf } from './names.ts';
import { parameterOperations } from './parameters/operations.ts';
import type { SsmPort } from './port.ts';
import { parameterArn } from './rows.ts';
import { ParameterStore } from './store.ts';
import { tagOperations } from './tags.ts';

/* The resources that calls name, for policies of roles. */
const named = (name: string, scope: Scope): string => parameterArn(scope, referenceOf(scope, name).name);
const parameter = ({ Name = '*' }: { readonly Name?: string | undefined }, scope: Scope) =>
  named(Name, scope);
const first = ({ Names }: { readonly Names?: readonly string[] | undefined }, scope: Scope) =>
  named(Names?.[0] ?? '*', scope);
const tagged = ({ ResourceId = '*' }: { readonly ResourceId?: string | undefined }, scope: Scope) =>
  named(ResourceId, scope);

/** AWS Systems Manager, of which there is Parameter Store. */
export default defineService<Ssm, SsmPort>({
  wire: identities.ssm,
  schemas: schemas as Readonly<Record<string, unknown>>,
  limits,
  create(cloud: Cloud) {
    const store = new ParameterStore(cloud);
    return {
      operations: { ...parameterOperations(store), ...labelOperations(store), ...tagOperations(store) },
      port: {},
      resources: {
        PutParameter: parameter,
        GetParameter: parameter,
        GetParameters: first,
        GetParametersByPath: ({ Path = '*' }, scope) => parameterArn(scope, Path),
        DescribeParameters: (_, { region, account }) => `arn:aws:ssm:${region}:${account}:*`,
        GetParameterHistory: parameter,
        DeleteParameter: parameter,
        DeleteParameters: first,
        LabelParameterVersion: parameter,
        UnlabelParameterVersion: parameter,
        AddTagsToResource: tagged,
        RemoveTagsFromResource: tagged,
        ListTagsForResource: tagged,
      },
      access: { decide: () => 'silent', further: othersOf },
      withoutEffect: {
        'PutParameter.KeyId':
          'The key is shown again; nothing is encrypted with it, as there is no KMS here.',
        'PutParameter.Tier': 'Shown again, and holds values to its length; nothing is paid for it.',
      },
    };
  },
});

/* Who asks for several parameters needs the right to each. */
function othersOf(call: Call, input: Readonly<Record<string, unknown>>): readonly Need[] {
  const names = input['Names'];
  if (!Array.isArray(names)) return [];
  return names
    .slice(1)
    .map((name) => ({ action: `ssm:${call.operation}`, resource: named(String(name), call) }));
}
