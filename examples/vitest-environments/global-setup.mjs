import { startMock } from 'valify-id-cropper-simulator';

/** One server for all test files of a run: it starts once, and it is warm before the first of them. */
export default async function setup({ provide }) {
  const mock = await startMock();
  provide('mockUrl', mock.url);
  return () => mock.close();
}
