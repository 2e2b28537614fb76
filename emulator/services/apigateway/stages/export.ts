import type { ApiGatewayOperations } from '../client.ts';
import { badRequest, noSuch } from '../../../gateway/failures.ts';
import { exportFile, extensionsOf } from '../openapi/export/export.ts';
import type { ApiStore } from '../store/store.ts';

/** `GetExport`: what a stage serves, as an OpenAPI document. */
export function exportOperations(store: ApiStore) {
  return {
    GetExport({ restApiId, stageName, exportType, parameters, accepts = 'application/json' }, call) {
      const { api } = store.named(call, restApiId);
      const stage = store.stageNamed(call, api.apiId, stageName);
      const snapshot = store.snapshots.get(call, api.apiId, stage.deploymentId);
      const deployment = store.deployments.get(call, api.apiId, stage.deploymentId);
      if (snapshot === undefined || deployment === undefined) throw noSuch('Deployment');
      if (exportType !== 'oas30' && exportType !== 'swagger')
        throw badRequest(`No API exporter found for type '${exportType ?? ''}'`);
      if (accepts !== 'application/json' && accepts !== 'application/yaml')
        throw badRequest(`Invalid content type specified: ${accepts}`);
      const { text, filename } = exportFile(snapshot.definition, {
        dialect: exportType,
        stageName: stage.stageName,
        host: `${api.apiId}.execute-api.${call.region}.amazonaws.com`,
        version: new Date(deployment.createdAt).toISOString().replace(/\.\d+Z$/, 'Z'),
        extensions: extensionsOf(parameters),
        yaml: accepts === 'application/yaml',
      });
      return {
        // Recorded: of JSON too.
        contentType: 'application/octet-stream',
        contentDisposition: `attachment; filename="${filename}"`,
        body: new TextEncoder().encode(text),
      };
    },
  } satisfies ApiGatewayOperations;
}
