import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedAtHand, recordedErrors } from '../testing/recorded.ts';
import { functionArn, readFunctionName, readNewFunctionName } from './name.ts';

const call = { account: '111111111111', region: 'us-east-1', operation: 'GetFunction' };
const refusal = (read: () => unknown): { code: string; message: string } => {
  try {
    read();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('nothing was refused');
};

describe('a function named in a call', () => {
  it('is the same by name, partial ARN and ARN, with and without a qualifier', () => {
    const names = fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/);
    const qualifiers = fc.option(fc.constantFrom('$LATEST', '1', 'live'), { nil: undefined });
    fc.assert(
      fc.property(names, qualifiers, (name, qualifier) => {
        const end = qualifier === undefined ? '' : `:${qualifier}`;
        for (const start of [
          '',
          'function:',
          '111111111111:function:',
          'us-east-1:111111111111:function:',
          'arn:aws:lambda:us-east-1:111111111111:function:',
        ]) {
          expect(readFunctionName(`${start}${name}${end}`, call)).toEqual({ name, qualifier });
        }
        expect(functionArn(call, name, qualifier)).toBe(
          `arn:aws:lambda:us-east-1:111111111111:function:${name}${end}`,
        );
      }),
    );
  });

  it('takes the qualifier of its own before that of the name', () => {
    expect(readFunctionName('f:1', call, '$LATEST').qualifier).toBe('$LATEST');
  });

  it('is not of another region or account', () => {
    expect(
      refusal(() => readFunctionName('arn:aws:lambda:eu-west-1:111111111111:function:f', call)),
    ).toMatchObject({
      code: 'ResourceNotFoundException',
      message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    });
    const arn = 'arn:aws:lambda:us-east-1:222222222222:function:f';
    const { code, message } = refusal(() => readFunctionName(arn, call));
    expect(code).toBe('AccessDeniedException');
    expect(message).toContain(`is not authorized to perform: lambda:GetFunction on resource: ${arn}`);
  });

  it('is refused by its pattern, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.constantFrom('a b', 'a/b', 'a::b', '', 'ä'),
        (noise, part) => {
          const value = `${noise.replaceAll(/[a-zA-Z0-9_.:$-]/g, '')}!${part}`;
          const { code, message } = refusal(() => readFunctionName(value, call));
          expect(code).toBe('ValidationException');
          expect(message).toContain(`Value '${value}' at 'functionName' failed to satisfy constraint`);
        },
      ),
    );
  });

  it('has at most 64 characters when it is new', () => {
    const creating = { ...call, operation: 'CreateFunction' };
    expect(readNewFunctionName('a'.repeat(64), creating)).toBe('a'.repeat(64));
    expect(refusal(() => readNewFunctionName('a'.repeat(65), creating))).toMatchObject({
      code: 'InvalidParameterValueException',
      message: `1 validation error detected: Value '${'a'.repeat(65)}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    });
    expect(refusal(() => readNewFunctionName('a'.repeat(141), creating)).message).toContain('equal to 140');
    expect(refusal(() => readNewFunctionName('a.b', creating)).code).toBe('ValidationException');
  });

  it.skipIf(!recordedAtHand())('is refused in the words that were recorded', () => {
    const texts = recordedErrors().map(({ message }) => message);
    const invalid = refusal(() =>
      readFunctionName('invalid:function:name', { ...call, operation: 'CreateFunction' }),
    );
    expect(texts).toContain(invalid.message);
    const qualifier = refusal(() => readFunctionName('f', call, 'invalid-qualifier-with-?-char'));
    expect(texts).toContain(qualifier.message);
  });
});
