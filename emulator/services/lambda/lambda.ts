import type { Cloud } from '../../cloud.ts';
import type { RunningService } from '../../service/service.ts';
import { aliasOperations } from './aliases/aliases.ts';
import { eventConfigOperations } from './asynchronous/config-operations.ts';
import { EventConfigs } from './asynchronous/configs.ts';
import { Handover } from './asynchronous/handover.ts';
import { EventQueue } from './asynchronous/queue.ts';
import { Changes } from './changes.ts';
import { provisionedOperations } from './concurrency/provisioned.ts';
import { Provisioning } from './concurrency/provisioning.ts';
import { concurrencyOperations } from './concurrency/reserved.ts';
import type { LambdaClientModule, LambdaContext } from './context.ts';
import { Sender } from './destinations/sender.ts';
import { createEventSources } from './event-sources/event-sources.ts';
import { Mappings } from './event-sources/mappings/mappings.ts';
import type { Execution } from './execution/execution.ts';
import { createFunction } from './functions/create.ts';
import { Functions } from './functions/functions.ts';
import { readFunctions } from './functions/read.ts';
import { updateFunction } from './functions/update.ts';
import { urlOperations } from './function-urls/config-operations.ts';
import { functionUrlSite } from './function-urls/site.ts';
import { FunctionUrls } from './function-urls/urls.ts';
import { lambdaPort } from './inside.ts';
import { invokeOperations } from './invocation/invoke.ts';
import { Invoker } from './invocation/invoker.ts';
import { Layers } from './layers/layers.ts';
import { layerOperations } from './layers/operations.ts';
import { layerPermissionOperations } from './layers/permissions.ts';
import { Downloads } from './package/downloads.ts';
import { permissionOperations } from './permissions/permissions.ts';
import type { LambdaPort } from './port.ts';
import { recursionOperations } from './recursion/recursion.ts';
import { mappedFunctionKey, resourceNames } from './resources.ts';
import { runtimeUpdateOperations } from './runtime-updates/runtime-updates.ts';
import { tagOperations } from './tags/tags.ts';
import { versionOperations } from './versions/publish.ts';
import { Versions } from './versions/versions.ts';

/** Makes the Lambda service of a cloud. @param makeExecution called at the first invocation, and again after it failed */
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
  const parts = {
    functions,
    versions: new Versions(cloud, functions),
    changes: new Changes(),
    mappings: new Mappings(cloud),
    execution: () => {
      if (execution !== undefined) return execution;
      const made = makeExecution();
      execution = made;
      // A failure to start is not kept: the next invocation tries again.
      made.catch(() => {
        if (execution === made) execution = undefined;
      });
      return made;
    },
  };
  const provisioning = new Provisioning(cloud, parts);
  const context: LambdaContext = {
    cloud,
    ...parts,
    provisioning,
    layers: new Layers(cloud),
    downloads: new Downloads(cloud),
    recycle,
  };
  const invoker = new Invoker(context);
  const urls = new FunctionUrls(cloud, context.changes);
  const configs = new EventConfigs(cloud, context.changes);
  const sender = new Sender(cloud, (scope, request) => port.enqueue(scope, request));
  const queue = new EventQueue(cloud, functions, invoker, configs, new Handover(context, configs, sender));
  const sources = createEventSources(context, invoker, sender);
  const port = lambdaPort(context, invoker, queue);
  functions.resume();
  provisioning.resume();
  queue.resume();
  sources.resume();
  return {
    operations: {
      ...createFunction(context),
      ...readFunctions(context),
      ...updateFunction(context),
      ...versionOperations(context),
      ...aliasOperations(context),
      ...tagOperations(context),
      ...permissionOperations(context),
      ...concurrencyOperations(context, provisioning),
      ...provisionedOperations(context, provisioning),
      ...urlOperations(context, urls),
      ...layerOperations(context),
      ...runtimeUpdateOperations(context),
      ...layerPermissionOperations(context),
      ...recursionOperations(context),
      ...eventConfigOperations(context, configs),
      ...invokeOperations(invoker, queue),
      ...sources.operations,
    },
    port,
    resources: resourceNames,
    access: { context: mappedFunctionKey(parts.mappings) },
    withoutEffect: {
      'CreateFunction.Architectures':
        'functions run on the processor of this machine; the value is kept and answered',
      'UpdateFunctionCode.Architectures': 'as for CreateFunction',
      'CreateFunction.KMSKeyArn': 'variables are not encrypted; the value is kept and answered',
      'UpdateFunctionConfiguration.KMSKeyArn': 'as for CreateFunction',
      'CreateFunction.TracingConfig': 'there is no X-Ray; the mode is kept and answered',
      'UpdateFunctionConfiguration.TracingConfig': 'as for CreateFunction',
      'PutRuntimeManagementConfig.UpdateRuntimeOn':
        'runtimes here are those of this machine; the setting is kept and answered',
      'ListFunctions.MasterRegion': 'there are no replicated Lambda@Edge functions',
    },
    site: functionUrlSite(context, urls, invoker),
    visit: (request) => context.downloads.visit(request),
    async stop() {
      provisioning.stop();
      const othersEnd = Promise.all([queue.stop(), sources.stop()]);
      // An attempt that waits for an environment comes to its end when the environment does.
      const made = await execution?.catch(() => undefined);
      await made?.stop();
      await othersEnd;
    },
  };
}
