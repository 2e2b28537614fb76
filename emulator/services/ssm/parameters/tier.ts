import type { ParameterTier } from '@aws-sdk/client-ssm';
import { invalid } from '../failures.ts';

const LONGEST = { Standard: 4096, Advanced: 8192 } as const;

/**
 * The tier that a version gets. An advanced parameter stays one.
 * @throws ValidationException for a value that is too long, or a way back to the standard tier
 */
export function tierOf(
  asked: ParameterTier | undefined,
  before: ParameterTier | undefined,
  value: string,
): 'Standard' | 'Advanced' {
  if (asked === 'Standard' && before === 'Advanced')
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter " +
        'tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as ' +
        'a standard parameter.',
    );
  const size = Buffer.byteLength(value);
  const needed = asked === 'Intelligent-Tiering' && size > LONGEST.Standard ? 'Advanced' : 'Standard';
  const tier = asked === 'Advanced' || before === 'Advanced' ? 'Advanced' : needed;
  if (size <= LONGEST[tier]) return tier;
  throw invalid(
    tier === 'Standard'
      ? `Standard tier parameters support a maximum parameter value of ${LONGEST.Standard} characters. To create a ` +
          'larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, ' +
          'see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
      : `Advanced tier parameters support a maximum parameter value of ${LONGEST.Advanced} characters.`,
  );
}
