/*
 * The SDK clients ship no types beside their ES modules, and their root (which has types) loads the whole client.
 * Only the schema constants are wanted; the wire layer reads them as data.
 */
declare module '@aws-sdk/client-*/dist-es/schemas/schemas_0.js';
