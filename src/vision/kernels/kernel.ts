/** What there is of it in Node; neither TypeScript's library without the DOM nor Node's types declare it. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** A loop in WebAssembly, which has 128-bit operations, with the memory it works in. */
export interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void };
}

const pageBytes = 65536;

/** `code` as scripts/kernels.ts writes it. */
export function loadKernel<K extends Kernel>(code: string): K {
  const module = new WebAssembly.Module(Buffer.from(code, 'base64'));
  return new WebAssembly.Instance(module).exports as K;
}

/** The kernel's memory, grown to at least so many bytes. It never shrinks: the largest picture so far stays its size. */
export function roomFor({ memory }: Kernel, bytes: number): ArrayBuffer {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  return memory.buffer;
}
