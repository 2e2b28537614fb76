import {
  DeleteDashboardsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  PutDashboardCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCloudWatch, type CloudWatchCloud } from '../testing/cloudwatch-cloud.ts';

let bench: CloudWatchCloud;
beforeAll(async () => {
  bench = await openCloudWatch();
});
afterAll(async () => bench.close());

const put = async (DashboardName: string, DashboardBody: string) =>
  bench.client.send(new PutDashboardCommand({ DashboardName, DashboardBody }));

it('dashboards are kept, listed and deleted', async () => {
  const body = '{"widgets":[]}';
  await put('shop', body);
  const got = await bench.client.send(new GetDashboardCommand({ DashboardName: 'shop' }));
  expect(got).toMatchObject({
    DashboardArn: 'arn:aws:cloudwatch::111111111111:dashboard/shop',
    DashboardBody: body,
  });
  const listed = await bench.client.send(new ListDashboardsCommand({ DashboardNamePrefix: 's' }));
  expect(listed.DashboardEntries).toMatchObject([{ DashboardName: 'shop', Size: body.length }]);
  await bench.client.send(new DeleteDashboardsCommand({ DashboardNames: ['shop'] }));
  await expect(bench.client.send(new GetDashboardCommand({ DashboardName: 'shop' }))).rejects.toMatchObject({
    // The name that the error has in the older protocol, which clients go by.
    name: 'ResourceNotFound',
  });
});

it('refuses names and bodies', async () => {
  // As recorded on AWS.
  await expect(put('a b', '{}')).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
  });
  await expect(put('a', '[')).rejects.toMatchObject({
    message: expect.stringContaining('The dashboard body is invalid') as string,
  });
});
