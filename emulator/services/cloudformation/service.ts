import * as schemas from '@aws-sdk/client-cloudformation/dist-es/schemas/schemas_0.js';
import type { Cloud } from '../../cloud.ts';
import { defineService } from '../../service/service.ts';
import { identities } from '../identities.ts';
import type { CloudFormation } from './client.ts';
import { Engine } from './engine/engine.ts';
import { Ledger } from './engine/ledger.ts';
import { eventOperations } from './events/operations.ts';
import limits from './limits.json' with { type: 'json' };
import type { CloudFormationPort } from './port.ts';
import type { ResourceTypes } from './planning/resource-types.ts';
import { types } from './resources/types.ts';
import { createOperations as changeSetCreation } from './change-sets/create.ts';
import { changeSetOperations } from './change-sets/operations.ts';
import { Answers } from './custom-resources/answers.ts';
import { customResource } from './custom-resources/custom-resource.ts';
import { nestedStack } from './nested/nested-stack.ts';
import { isCustom } from './resources/schema/schema.ts';
import { driftOperations } from './drift/operations.ts';
import { exportOperations } from './exports/operations.ts';
import { rollbackOperations } from './stacks/rollback.ts';
import { settingOperations } from './stacks/settings.ts';
import { templateOperations } from './templates/operations.ts';
import { createOperations } from './stacks/create.ts';
import { deleteOperations } from './stacks/delete.ts';
import { describeOperations } from './stacks/describe.ts';
import { namedStacks } from './stacks/named.ts';
import { resourceOperations } from './stacks/resources.ts';
import { updateOperations } from './stacks/update.ts';
import { StackStore } from './store.ts';
import { worded } from './worded.ts';

/** The service, with types of resources that a test may bring. */
export const serviceWith = (types: ResourceTypes) =>
  defineService<CloudFormation, CloudFormationPort>({
    wire: identities.cloudformation,
    schemas: schemas as Readonly<Record<string, unknown>>,
    limits,
    create(cloud: Cloud) {
      const store = new StackStore(cloud);
      const answers = new Answers(cloud);
      const nested = nestedStack(store);
      const allTypes: ResourceTypes = (type) =>
        isCustom(type)
          ? customResource(answers, type)
          : type === 'AWS::CloudFormation::Stack'
            ? nested
            : types(type);
      const engine = new Engine({ cloud, store, ledger: new Ledger(store), types: allTypes });
      engine.resume();
      return {
        operations: worded({
          ...createOperations(engine),
          ...updateOperations(engine),
          ...deleteOperations(engine),
          ...describeOperations(store),
          ...resourceOperations(store),
          ...eventOperations(store),
          ...changeSetCreation(engine),
          ...changeSetOperations(engine),
          ...templateOperations(store, allTypes),
          ...exportOperations(store),
          ...settingOperations(store),
          ...rollbackOperations(engine),
          ...driftOperations(engine),
        }),
        port: {},
        resources: namedStacks(store),
        withoutEffect: {
          'CreateStack.NotificationARNs': 'kept and answered; nothing is published',
          'UpdateStack.NotificationARNs': 'as for CreateStack',
          'CreateChangeSet.NotificationARNs': 'as for CreateStack',
          'CreateStack.RollbackConfiguration': 'no alarm rolls a stack back',
          'UpdateStack.RollbackConfiguration': 'as for CreateStack',
          'CreateChangeSet.RollbackConfiguration': 'as for CreateStack',
          'CreateStack.ResourceTypes': 'every type may be used',
          'UpdateStack.ResourceTypes': 'as for CreateStack',
          'CreateChangeSet.ResourceTypes': 'as for CreateStack',
          'CreateChangeSet.IncludeNestedStacks':
            'the change set tells that a stack inside changes, not what changes in it',
          'DescribeChangeSet.IncludePropertyValues': 'values before and after are not told',
          'DeleteStack.DeletionMode': 'a stack that cannot be deleted stays; retain its resources by name',
        },
        site: answers.site,
        stop: () => engine.stop(),
      };
    },
  });

/** AWS CloudFormation: stacks, change sets, and the resources that they have in other services. */
export default serviceWith((type) => (Object.hasOwn(types, type) ? types[type] : undefined));
