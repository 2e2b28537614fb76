import { zipSync } from 'fflate';
import { ResourceFailure } from '../../resource-type.ts';
import { nodeResponse, pythonResponse } from './response-modules.ts';

/** The time of every entry: the same text gives the same package. */
const MTIME = new Date(Date.UTC(1980, 0, 2));

/**
 * The package that CloudFormation makes of code that stands in a template: one file named `index`, and the module that
 * answers custom resources where the code asks for it. Node.js takes `index.js` for CommonJS.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 * @throws ResourceFailure for a runtime that takes no code from templates
 */
export function inlinePackage(text: string, runtime: string | undefined): Uint8Array {
  const file = (content: string): [Uint8Array, { mtime: Date }] => [
    new TextEncoder().encode(content),
    { mtime: MTIME },
  ];
  if (runtime?.startsWith('nodejs') === true)
    return zipSync({
      'index.js': file(text),
      ...(text.includes('cfn-response') && { 'node_modules/cfn-response/index.js': file(nodeResponse) }),
    });
  if (runtime?.startsWith('python') === true)
    return zipSync({
      'index.py': file(text),
      ...(text.includes('cfnresponse') && { 'cfnresponse.py': file(pythonResponse) }),
    });
  throw new ResourceFailure('ZipFile can only be used when Runtime is set to either of nodejs, python.');
}
