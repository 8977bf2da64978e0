const pointsPerMillimetre = 72 / 25.4;
const signatureBytes = 8;

/**
 * A PDF of one page of that size with the picture all over it. The compressed rows of a PNG are what PDF calls Flate
 * with PNG prediction (ISO 32000-1, 7.4.4.4), so they go in as they are.
 *
 * @param png 8-bit RGB without alpha, not interlaced
 * @param page millimetres
 */
export function writePdf(png: Buffer, page: { readonly width: number; readonly height: number }): Buffer {
  const { width, height, rows } = readPng(png);
  const [pageWidth, pageHeight] = [page.width, page.height].map((side) =>
    (side * pointsPerMillimetre).toFixed(3),
  );
  const decodeParms = `<< /Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns ${width} >>`;
  const place = Buffer.from(`${pageWidth} 0 0 ${pageHeight} 0 0 cm /Card Do`);
  return joinObjects([
    dictionary('/Type /Catalog /Pages 2 0 R'),
    dictionary('/Type /Pages /Kids [3 0 R] /Count 1'),
    dictionary(
      `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}]`,
      '/Resources << /XObject << /Card 5 0 R >> >> /Contents 4 0 R',
    ),
    stream('', place),
    stream(
      `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 ` +
        `/Filter /FlateDecode /DecodeParms ${decodeParms}`,
      rows,
    ),
  ]);
}

function readPng(png: Buffer): { width: number; height: number; rows: Buffer } {
  const parts: Buffer[] = [];
  for (let at = signatureBytes; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const start = at + 8;
    if (png.toString('latin1', at + 4, start) === 'IDAT') parts.push(png.subarray(start, start + length));
    at = start + length + 4;
  }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), rows: Buffer.concat(parts) };
}

const dictionary = (...entries: readonly string[]) => Buffer.from(`<< ${entries.join(' ')} >>`);

const stream = (entries: string, bytes: Buffer) =>
  Buffer.concat([
    dictionary(entries, `/Length ${bytes.length}`),
    Buffer.from('\nstream\n'),
    bytes,
    Buffer.from('\nendstream'),
  ]);

/** Numbers the objects from 1, the first being the catalogue, and says in a table where each begins. */
function joinObjects(objects: readonly Buffer[]): Buffer {
  const parts = [Buffer.from('%PDF-1.4\n%\xb5\xb5\xb5\xb5\n', 'latin1')];
  let length = parts[0]!.length;
  const offsets = objects.map((object, index) => {
    const offset = length;
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(part);
    length += part.length;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  parts.push(Buffer.from(`${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}
