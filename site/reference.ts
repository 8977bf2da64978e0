import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { references } from './pages.js';

/** Swagger UI as it is also served under `/docs`; `static` is a folder of that package. */
const swaggerUi = join(
  dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json')),
  'static',
);
const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** The API reference, to be read: there is no server behind the site at which it could be tried out. */
export function writeReferences(root: string, site: string): void {
  mkdirSync(join(site, 'api'), { recursive: true });
  for (const file of assets) copyFileSync(join(swaggerUi, file), join(site, 'api', file));
  for (const { document, page, title } of references) {
    copyFileSync(join(root, document), join(site, 'api', basename(document)));
    writeFileSync(join(site, page), html(title, basename(document)));
  }
}

const html = (title: string, document: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="favicon-32x32.png">
<link rel="stylesheet" href="swagger-ui.css">
<p style="margin: 1rem; font: 1rem system-ui, sans-serif"><a href="../index.html">All pages</a></p>
<div id="reference"></div>
<script src="swagger-ui-bundle.js"></script>
<script>
  SwaggerUIBundle({ url: ${JSON.stringify(document)}, dom_id: '#reference', supportedSubmitMethods: [], validatorUrl: null });
</script>
</html>
`;
