import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { removeApplication } from '../../cli/applications/remove-application.ts';
import { applicationsIn, bucketFor } from '../../cli/deploy/application/applications.ts';
import { deployApplication, type Deployed } from '../../cli/deploy/application/deploy-application.ts';
import { localAddress } from '../../cli/deploy/application/report.ts';
import { startCloud } from '../../emulator/start.ts';
import type { Pool } from '../../grader/targets/clients/pool.ts';
import { openTarget } from '../../grader/targets/open.ts';
import { projectRoot } from '../../tooling/root.ts';
import { inventoryOf, type Inventory } from './inventory.ts';

/** An embedded cloud with one copy of a template, which can be edited and deployed. */
export interface Place {
  readonly pool: Pool;
  /** The copy's template, as it is now. */
  template(): string;
  /** Replaces text in the copy of the template. @throws Error where the text is not there */
  edit(from: string, to: string): void;
  /** Builds, packages and deploys the copy, as `npm run deploy` does. @throws ApplicationFailure */
  deploy(parameters?: Readonly<Record<string, string>>): Promise<Deployed>;
  /** An output of the last deployment; the address of an API as it answers on this machine. */
  output(name: string): string;
  /** Moves the cloud's clock. @param seconds forward */
  pass(seconds: number): Promise<void>;
  /** Removes the stack and its packages, as `npm run clean` does. */
  remove(): Promise<void>;
  inventory(): Promise<Inventory>;
  stop(): Promise<void>;
}

/** @param name of a folder in `templates/` */
export async function openPlace(name: string): Promise<Place> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), `coldstart-${name}-`)));
  const folder = join(home, name);
  cpSync(join(projectRoot(), 'templates', name), folder, { recursive: true });
  const cloud = await startCloud({ port: 0, home: join(home, 'cloud'), ephemeral: true });
  const account = '111122223333';
  const target = await openTarget(
    {
      name: 'embedded',
      env: {},
      endpoint: cloud.origin,
      token: cloud.token,
      accessKeyId: account,
      secretAccessKey: 'test',
    },
    'en',
  );
  const v2 = new ApiGatewayV2Client({
    endpoint: cloud.origin,
    region: target.region,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  });
  const [application] = applicationsIn(folder, '');
  if (application === undefined) throw new Error(`there is no template in ${name}`);
  const file = join(folder, 'template.yaml');
  let outputs: Readonly<Record<string, string>> = {};
  return {
    pool: target.pool,
    template: () => readFileSync(file, 'utf8'),
    edit(from, to) {
      const template = readFileSync(file, 'utf8');
      if (!template.includes(from)) throw new Error(`${name}/template.yaml has no "${from}"`);
      writeFileSync(file, template.replace(from, to));
    },
    async deploy(parameters = {}) {
      const deployed = await deployApplication({
        clients: {
          cloudformation: await target.pool.load('cloudformation'),
          s3: await target.pool.load('s3'),
        },
        folder,
        stackName: application.stackName,
        tags: application.tags,
        bucket: bucketFor(application.stackName, '', account),
        parameters: { ...application.parameters, ...parameters },
      });
      outputs = deployed.outputs;
      return deployed;
    },
    output(output) {
      const value = outputs[output];
      if (value === undefined) throw new Error(`${name} has no output ${output}`);
      return localAddress(value, cloud.origin) ?? value;
    },
    pass: (seconds) => target.pass(seconds),
    async remove() {
      await removeApplication(target.pool, application, '', account);
    },
    inventory: () => inventoryOf(target.pool, v2),
    async stop() {
      v2.destroy();
      target.close();
      await cloud.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
