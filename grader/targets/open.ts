import type { Language } from '../api.ts';
import { GraderProblem } from '../problem.ts';
import { engineText, type EngineText } from '../text.ts';
import { openPool } from './clients/pool.ts';
import type { ClientSettings } from './clients/settings.ts';
import { configuredEndpoints } from './configured-endpoints.ts';
import { patience } from './deadlines.ts';
import { staysHere } from './loopback.ts';
import { passing } from './pass-time.ts';
import { assureLocal } from './stays-local.ts';
import type { StandIn, Target, TargetWish } from './target.ts';
import { marksOf } from './marks/marks.ts';
import { askCaller } from './whoami.ts';

const localEndpoint = 'http://127.0.0.1:4566';
const defaultRegion = 'us-east-1';

/**
 * Opens a target. No request is sent; what `whoami` answers is the first thing to look at.
 * @throws GraderProblem where the address is none, or would have things done on another machine that the student
 * did not choose
 */
export async function openTarget(wish: TargetWish, language: Language): Promise<Target> {
  const text = engineText[language];
  const place = wish.name === 'aws' ? await realAccount(wish, text) : await localCloud(wish, language, text);
  const pool = openPool({ ...settings(wish), ...place });
  return {
    name: wish.name,
    endpoint: place.endpoint,
    region: place.region,
    ...patience[wish.name],
    pool,
    pass: passing(wish, place.endpoint),
    whoami: () => askCaller(pool, wish.name, place.endpoint, text),
    close: () => {
      pool.close();
    },
  };
}

type Place = Pick<ClientSettings, 'region' | 'endpoint' | 'credentials'>;

async function localCloud(
  wish: TargetWish,
  language: Language,
  text: EngineText,
): Promise<Place & { endpoint: string }> {
  await assureLocal(wish.env, language);
  const said = wish.endpoint ?? wish.env.AWS_ENDPOINT_URL;
  const endpoint = said === undefined || said === '' ? localEndpoint : said;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    throw new GraderProblem('target', text.problem.badEndpoint(endpoint), text.problem.notLoopbackNext);
  if (!(await staysHere(new URL(endpoint))))
    throw new GraderProblem('target', text.problem.notLoopback(endpoint), text.problem.notLoopbackNext);
  return {
    endpoint,
    region: wish.region ?? defaultRegion,
    // Never the keys of the student's shell: they may be those of a real account.
    credentials: {
      accessKeyId: wish.accessKeyId ?? (wish.name === 'localstack' ? 'test' : '000000000000'),
      secretAccessKey: wish.secretAccessKey ?? (wish.name === 'localstack' ? 'test' : 'coldstart'),
    },
  };
}

/**
 * The student's own account, as the SDK finds it; a left-over address would silently make it another place.
 * A test may name a stand-in, which must be on this machine.
 */
async function realAccount(
  wish: TargetWish,
  text: EngineText,
): Promise<Place & { endpoint: string | undefined }> {
  const region = wish.region ?? targetRegion(wish.env);
  if (wish.standIn !== undefined) return { region, ...(await standIn(wish.standIn, text)) };
  const [left] = await configuredEndpoints(wish.env);
  if (left !== undefined)
    throw new GraderProblem(
      'target',
      text.problem.awsEndpoint(left.where, left.address),
      text.problem.awsEndpointNext(left.where),
    );
  return { endpoint: undefined, region };
}

/** The region of a real account, as an environment tells it. */
export function targetRegion(env: TargetWish['env']): string {
  const said = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  return said === undefined || said === '' ? defaultRegion : said;
}

async function standIn(
  { endpoint, ...credentials }: StandIn,
  text: EngineText,
): Promise<Pick<ClientSettings, 'credentials'> & { endpoint: string }> {
  if (!URL.canParse(endpoint) || !(await staysHere(new URL(endpoint))))
    throw new GraderProblem('target', text.problem.notLoopback(endpoint), text.problem.notLoopbackNext);
  return { endpoint, credentials };
}

const settings = (
  wish: TargetWish,
): Pick<ClientSettings, 'maxAttempts' | 'lags' | 'marks' | 'requestHandler'> => ({
  lags: wish.name === 'aws',
  ...(wish.name === 'aws' ? { marks: marksOf(wish.env) } : {}),
  // An account deletes one REST API in thirty seconds. The SDK waits by chance, and ten tries are over before that
  // eight times in a hundred; sixteen wait for some 105 s, and hardly ever for less than thirty.
  maxAttempts: wish.name === 'aws' ? 16 : 3,
  requestHandler: {
    connectionTimeout: wish.name === 'aws' ? 10_000 : 3_000,
    // A function may take 900 s, but none of a lab's; the budget of a check ends what hangs.
    requestTimeout: 120_000,
    throwOnRequestTimeout: true,
  },
});
