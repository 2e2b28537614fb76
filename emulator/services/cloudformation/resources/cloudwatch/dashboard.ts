import { mustBeNew, onlyBuilt } from '../presence/presence.ts';
import { ifThere } from '../translate/gone.ts';
import type { Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { text } from '../translate/shaped.ts';

const TYPE = 'AWS::CloudWatch::Dashboard';
const built = ['DashboardBody', 'DashboardName'];

const nameFor = (properties: Properties, work: ResourceWork): string =>
  text(properties['DashboardName']) ?? work.name(255);
const put = (DashboardName: string, { DashboardBody }: Properties, work: ResourceWork) =>
  work.call('cloudwatch', 'PutDashboard', { DashboardName, DashboardBody: text(DashboardBody) });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
export const dashboard: ResourceType = {
  async create(properties, work) {
    onlyBuilt(TYPE, properties, built);
    const DashboardName = nameFor(properties, work);
    await mustBeNew(TYPE, DashboardName, work.call('cloudwatch', 'GetDashboard', { DashboardName }));
    await put(DashboardName, properties, work);
    return { id: DashboardName, attributes: {} };
  },

  async update(kept, wanted, work) {
    onlyBuilt(TYPE, wanted, built);
    await put(kept.id, wanted, work);
    return { id: kept.id, attributes: {} };
  },

  async delete(kept, work) {
    await ifThere(work.call('cloudwatch', 'DeleteDashboards', { DashboardNames: [kept.id] }));
  },

  async read(kept, work) {
    const told = await ifThere(work.call('cloudwatch', 'GetDashboard', { DashboardName: kept.id }));
    if (told === undefined) return undefined;
    return {
      DashboardBody: told.DashboardBody ?? '',
      ...(kept.properties['DashboardName'] !== undefined && { DashboardName: kept.id }),
    };
  },

  nameOf: nameFor,
};
