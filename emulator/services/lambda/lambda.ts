import type { Cloud } from '../../cloud.ts';
import type { RunningService } from '../../service/service.ts';
import { aliasOperations } from './aliases/aliases.ts';
import { EventQueue } from './asynchronous/queue.ts';
import { Changes } from './changes.ts';
import { concurrencyOperations } from './concurrency/reserved.ts';
import type { LambdaClientModule, LambdaContext } from './context.ts';
import type { Execution } from './execution/execution.ts';
import { createFunction } from './functions/create.ts';
import { Functions } from './functions/functions.ts';
import { readFunctions } from './functions/read.ts';
import { updateFunction } from './functions/update.ts';
import { lambdaPort } from './inside.ts';
import { invokeOperations } from './invocation/invoke.ts';
import { Invoker } from './invocation/invoker.ts';
import { Downloads } from './package/downloads.ts';
import { permissionOperations } from './permissions/permissions.ts';
import type { LambdaPort } from './port.ts';
import { resourceNames } from './resources.ts';
import { tagOperations } from './tags/tags.ts';
import { versionOperations } from './versions/publish.ts';
import { Versions } from './versions/versions.ts';

/** Makes the Lambda service of a cloud. @param makeExecution called once, at the first invocation */
export function createLambda(
  cloud: Cloud,
  makeExecution: () => Promise<Execution>,
): RunningService<LambdaClientModule, LambdaPort> {
  let execution: Promise<Execution> | undefined;
  const recycle: LambdaContext['recycle'] = (scope, name, why, version) => {
    // Where nothing has run there is nothing to end. A failure to start was answered to who invoked.
    void execution?.then((made) => made.recycle(scope, name, why, version)).catch(() => undefined);
  };
  const functions = new Functions(cloud, (scope, name) => recycle(scope, name, 'updated', '$LATEST'));
  const context: LambdaContext = {
    cloud,
    functions,
    versions: new Versions(cloud, functions),
    changes: new Changes(),
    downloads: new Downloads(cloud),
    execution: () => (execution ??= makeExecution()),
    recycle,
  };
  const invoker = new Invoker(context);
  const queue = new EventQueue(cloud, functions, invoker);
  functions.resume();
  queue.resume();
  return {
    operations: {
      ...createFunction(context),
      ...readFunctions(context),
      ...updateFunction(context),
      ...versionOperations(context),
      ...aliasOperations(context),
      ...tagOperations(context),
      ...permissionOperations(context),
      ...concurrencyOperations(context),
      ...invokeOperations(invoker, queue),
    },
    port: lambdaPort(context, invoker, queue),
    resources: resourceNames,
    withoutEffect: {
      'CreateFunction.Architectures':
        'functions run on the processor of this machine; the value is kept and answered',
      'UpdateFunctionCode.Architectures': 'as for CreateFunction',
      'CreateFunction.KMSKeyArn': 'variables are not encrypted; the value is kept and answered',
      'UpdateFunctionConfiguration.KMSKeyArn': 'as for CreateFunction',
      'CreateFunction.TracingConfig': 'there is no X-Ray; the mode is kept and answered',
      'UpdateFunctionConfiguration.TracingConfig': 'as for CreateFunction',
      'ListFunctions.MasterRegion': 'there are no replicated Lambda@Edge functions',
    },
    visit: (request) => context.downloads.visit(request),
    async stop() {
      const queueEnds = queue.stop();
      // An attempt that waits for an environment comes to its end when the environment does.
      const made = await execution?.catch(() => undefined);
      await made?.stop();
      await queueEnds;
    },
  };
}
