// Tries the labs on a server that nobody here wrote, and writes docs/targets.md: `tooling/targets`.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled } from './bundle/bundle.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const { folder } = await bundled();
await import(pathToFileURL(join(folder, 'targets.js')).href);
