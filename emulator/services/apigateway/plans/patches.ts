import type { ApiStage, ThrottleSettings } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../../../gateway/failures.ts';
import { field, numeric, text, within, without } from '../patch/fields.ts';
import type { Apply, Change, PatchTable, PathRule, Refusal } from '../patch/rules.ts';
import type { PlanRow } from './plan-store.ts';

const badNumber =
  (name: string) =>
  (value: string | undefined): Error =>
    badRequest(`Invalid Usage Plan ${name} specified: ${value ?? 'null'}`);
const burst = numeric(badNumber('burstLimit'));
const rate = numeric(badNumber('rateLimit'), false);

/** Paths in AWS's own spelling, for its refusals: `/apiStages/<apidId:stageName>/throttle`. Those of `remove` were reported. */
const removable =
  '/apiStages, /quota, /throttle, /productCode, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, /apiStages/<apidId:stageName>/throttle';
const spelled = (path: string): string =>
  path
    .replace('{stage}', '<apidId:stageName>')
    .replace('{resource}', '<resourcePath>')
    .replace('{method}', '<httpMethod>');

const refuse: Refusal = ({ op, path }, rules) => {
  const open = op === undefined ? [] : rules.filter((rule) => rule[op] !== undefined);
  const said = `Invalid patch path  '${path ?? 'null'}' specified for op '${op ?? 'null'}'.`;
  if (open.length === 0) return badRequest(`${said} Please choose supported operations`);
  const listed = op === 'remove' ? removable : open.map((rule) => spelled(rule.path)).join(', ');
  return badRequest(`${said} Must be one of: [${listed}]`);
};

/** What a patch needs to know. */
export interface PlanSurroundings {
  /** @throws NotFoundException, BadRequestException */
  readonly checkStage: (stage: ApiStage) => void;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateUsagePlan-Patch */
export function planPatches({ checkStage }: PlanSurroundings): PatchTable<PlanRow> {
  return {
    refuse,
    rules: [
      field('/name', 'name', (value) => value ?? ''),
      field('/description', 'description', text),
      field('/productCode', 'productCode', text, ['add', 'replace', 'remove']),
      {
        path: '/apiStages',
        add: (plan, { value }) => {
          const stage = readStage(value);
          checkStage(stage);
          if (plan.apiStages.some((one) => isSame(one, stage))) return plan;
          return { ...plan, apiStages: [...plan.apiStages, stage] };
        },
        remove: (plan, { value }) => {
          const stage = readStage(value);
          const left = plan.apiStages.filter((one) => !isSame(one, stage));
          if (left.length === plan.apiStages.length) throw badRequest('Invalid API Stage specified');
          return { ...plan, apiStages: left };
        },
      },
      { path: '/throttle', remove: (plan) => without(plan, 'throttle') },
      ...within<PlanRow, 'throttle'>('throttle', {}, [
        field<ThrottleSettings, 'burstLimit'>('/burstLimit', 'burstLimit', burst, ['add', 'replace']),
        field<ThrottleSettings, 'rateLimit'>('/rateLimit', 'rateLimit', rate, ['add', 'replace']),
      ]),
      { path: '/quota', remove: (plan) => without(plan, 'quota') },
      ...within<PlanRow, 'quota'>('quota', { limit: undefined, offset: 0, period: undefined }, [
        field('/limit', 'limit', numeric(badNumber('quota limit')), ['add', 'replace']),
        field('/offset', 'offset', numeric(badNumber('quota offset')), ['add', 'replace']),
        field('/period', 'period', readPeriod, ['add', 'replace']),
      ]),
      ...methodThrottles,
    ],
  };
}

function readPeriod(value: string | undefined): 'DAY' | 'WEEK' | 'MONTH' {
  if (value !== 'DAY' && value !== 'WEEK' && value !== 'MONTH')
    throw badRequest('Invalid Usage Plan quota period specified. Must be one of [DAY, WEEK, MONTH]');
  return value;
}

/** `abc123:dev`. @throws BadRequestException in the recorded words */
function readStage(value: string | undefined): ApiStage {
  const [apiId, stage, ...more] = (value ?? '').split(':');
  if (apiId === undefined || apiId === '' || stage === undefined || stage === '' || more.length > 0)
    throw badRequest('Invalid API Stage specified');
  return { apiId, stage };
}

const isSame = (one: ApiStage, other: ApiStage): boolean =>
  one.apiId === other.apiId && one.stage === other.stage;

/** Changes the plan's entry of the stage that the path names. */
const ofStage =
  (change: (stage: ApiStage, patch: Change) => ApiStage): Apply<PlanRow> =>
  (plan, patch) => {
    const wanted = readStage(patch.names['stage']);
    if (!plan.apiStages.some((one) => isSame(one, wanted))) throw badRequest('Invalid API Stage specified');
    const apiStages = plan.apiStages.map((one) => (isSame(one, wanted) ? change(one, patch) : one));
    return { ...plan, apiStages };
  };

/** `/notes/{id}/GET` */
const methodOf = ({ names }: Change): string =>
  `/${(names['resource'] ?? '').replace(/^\//, '')}/${names['method'] ?? ''}`;

const setLimit = (
  name: 'burstLimit' | 'rateLimit',
  read: (value: string | undefined, change: Change) => number,
): Apply<PlanRow> =>
  ofStage((stage, change) => {
    const method = methodOf(change);
    const limits = { ...stage.throttle?.[method], [name]: read(change.value, change) };
    return { ...stage, throttle: { ...stage.throttle, [method]: limits } };
  });

const perMethod = '/apiStages/{stage}/throttle/{resource}/{method}';
const methodThrottles: readonly PathRule<PlanRow>[] = [
  {
    path: `${perMethod}/rateLimit`,
    add: setLimit('rateLimit', rate),
    replace: setLimit('rateLimit', rate),
  },
  {
    path: `${perMethod}/burstLimit`,
    add: setLimit('burstLimit', burst),
    replace: setLimit('burstLimit', burst),
  },
  {
    path: perMethod,
    remove: ofStage((stage, change) => {
      const left = without(stage.throttle ?? {}, methodOf(change));
      return Object.keys(left).length === 0 ? without(stage, 'throttle') : { ...stage, throttle: left };
    }),
  },
  {
    path: '/apiStages/{stage}/throttle',
    replace: ofStage((stage, { value }) => ({ ...stage, throttle: readThrottles(value) })),
    remove: ofStage((stage) => without(stage, 'throttle')),
  },
];

/** `{"/notes/GET": {"rateLimit": 1, "burstLimit": 2}}` */
function readThrottles(value: string | undefined): Record<string, ThrottleSettings> {
  try {
    const given = JSON.parse(value ?? '') as unknown;
    if (typeof given === 'object' && given !== null && !Array.isArray(given))
      return Object.fromEntries(
        Object.entries(given).map(([method, limits]) => {
          const { burstLimit, rateLimit } = limits as Record<string, unknown>;
          return [
            method,
            {
              ...(typeof burstLimit === 'number' && { burstLimit }),
              ...(typeof rateLimit === 'number' && { rateLimit }),
            },
          ];
        }),
      );
  } catch {
    // Answered below.
  }
  throw badRequest('Invalid throttle settings specified');
}
