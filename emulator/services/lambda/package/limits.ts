/** A package uploaded in the request itself: 50 MB (AWS Lambda quotas). */
export const zippedLimit = 52_428_800;
/** A package and its layers, extracted: 250 MB. */
export const unzippedLimit = 262_144_000;
/** The whole request that carries a package (recorded: test_oversized_request_create_lambda). */
export const uploadRequestLimit = 70_167_211;
