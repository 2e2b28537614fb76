import type { Language } from '../api.ts';
import { GraderProblem } from '../problem.ts';
import { engineText } from '../text.ts';
import { configuredEndpoints } from './configured-endpoints.ts';
import { staysHere } from './loopback.ts';

/**
 * Makes sure that nothing the shell or its profile configures points at another machine: whoever did not choose
 * a real account must not reach one, and is told so rather than being led somewhere else in silence.
 * @throws GraderProblem that names the variable or the place in the file
 */
export async function assureLocal(
  env: Readonly<Record<string, string | undefined>>,
  language: Language,
): Promise<void> {
  const text = engineText[language].problem;
  for (const { where, address } of await configuredEndpoints(env)) {
    // What is no address is said to be none where it is used.
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) continue;
    if (await staysHere(new URL(address))) continue;
    throw new GraderProblem('target', text.elsewhere(where, address), text.elsewhereNext);
  }
}
