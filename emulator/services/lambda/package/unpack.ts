/**
 * Writes a deployment package's files under a folder, with the modes that the archive gives them.
 *
 * The package was judged when it was uploaded; it is judged again here, so that nothing is ever written outside
 * the folder.
 *
 * @param bytes a zip archive
 * @param folder an existing, empty folder
 * @throws ServiceFailure `InvalidParameterValueException` for a package that AWS would refuse
 */
export async function unpack(bytes: Uint8Array, folder: string): Promise<void> {
  await Promise.resolve();
  throw new Error(`unpack is being written: ${bytes.length} bytes for ${folder}`);
}
