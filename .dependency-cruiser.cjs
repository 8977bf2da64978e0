// Who may import whom: the house of docs/architecture.md as rules. `npm run lint` checks them;
// `npx depcruise src --output-type text` prints every import.

/** Each room with the rooms that it may import from, besides itself and the files in `everywhere`. */
const rooms = {
  'cli.ts': ['commands', 'config'],
  'index.ts': [
    'commands',
    'mock',
    'server.ts',
    'config',
    'journal',
    'scenarios',
    'photos',
    'magic-card',
    'scene',
    'vision',
  ],
  commands: [
    'upstream',
    'conform',
    'contract',
    'server.ts',
    'http',
    'exchange',
    'cropper',
    'config',
    'scenarios',
    'photos',
    'magic-card',
    'scene',
    'vision',
  ],
  conform: ['contract', 'api', 'config', 'photos'],
  contract: ['config'],
  mock: ['server.ts', 'control', 'upstream', 'exchange', 'config', 'journal', 'state', 'scenarios'],
  'server.ts': ['http', 'upstream', 'api', 'control', 'exchange', 'cropper', 'config', 'journal', 'state'],
  http: ['api', 'control', 'exchange', 'cropper', 'config', 'state'],
  api: ['exchange', 'cropper', 'config', 'journal', 'state', 'scenarios', 'vision'],
  upstream: ['contract', 'api', 'exchange', 'config', 'journal', 'state', 'photos'],
  inspector: ['control', 'journal'],
  control: [
    'upstream',
    'exchange',
    'config',
    'journal',
    'state',
    'scenarios',
    'photos',
    'magic-card',
    'scene',
  ],
  exchange: ['cropper', 'config', 'journal', 'state', 'scenarios', 'vision'],
  cropper: ['config', 'magic-card', 'vision'],
  config: ['state', 'scenarios', 'vision'],
  journal: ['scenarios'],
  state: ['journal', 'scenarios'],
  scenarios: [],
  photos: ['magic-card', 'scene', 'vision'],
  'magic-card': ['scenarios', 'scene', 'vision'],
  scene: ['vision'],
  vision: [],
};

/** Rooms of `src/vision/`, likewise. */
const visionRooms = {
  'index.ts': ['crop.ts', 'warm-up.ts', 'options.ts', 'overlay', 'codec'],
  'warm-up.ts': ['crop.ts', 'codec'],
  'crop.ts': ['options.ts', 'stage-clock.ts', 'miss.ts', 'codec', 'detect', 'rectify', 'view', 'geometry'],
  'miss.ts': ['geometry'],
  overlay: ['codec', 'geometry'],
  detect: [
    'tuning.ts',
    'options.ts',
    'propose',
    'score',
    'verify',
    'refine',
    'network',
    'view',
    'kernels',
    'geometry',
  ],
  propose: ['tuning.ts', 'network', 'view', 'kernels', 'geometry', 'opencv'],
  score: ['verify', 'network', 'view', 'kernels', 'geometry'],
  refine: ['view', 'kernels', 'geometry'],
  verify: ['network', 'kernels', 'geometry'],
  network: ['kernels', 'geometry'],
  view: ['kernels', 'geometry'],
  rectify: ['kernels', 'geometry'],
  codec: ['kernels', 'geometry'],
  kernels: ['geometry'],
  geometry: [],
  opencv: [],
  'options.ts': [],
  'stage-clock.ts': [],
  'tuning.ts': [],
};

/** What every room may import: words and values without a place in the order. */
const everywhere = [
  'errors.ts',
  'clock.ts',
  'real-time.ts',
  'random.ts',
  'frozen.ts',
  'text-values.ts',
  'package-root.ts',
  'openapi-parts.ts',
];

/** What may be imported from `src/vision/` by whom outside it. */
const visionDoors = {
  '.*': ['index.ts', 'types.ts'],
  '(config/settings|scene/request)[.]ts': ['options.ts'],
  '(scene|photos)/.*': ['geometry/.*'],
  'magic-card/.*': ['kernels/shrink.ts'],
  'api/.*': ['codec/image-format.ts'],
};

/** Packages behind one door each; `from` are the only files that may import them. */
const doors = {
  'opencv-wasm': ['^src/vision/opencv/'],
  sharp: ['^src/vision/codec/', '^src/vision/overlay/', '^src/scene/', '^src/photos/', '^src/magic-card/'],
  '@julusian/jpeg-turbo': ['^src/vision/codec/'],
  '(fastify|@fastify)': ['^src/(api|control|exchange|http|journal|upstream)/', '^src/(server|index)[.]ts$'],
  selfsigned: ['^src/http/'],
  piscina: ['^src/(cropper|control|photos)/', '^src/api/body-(thread|worker)[.]ts$'],
  leven: ['^src/scenarios/'],
  'prom-client': ['^src/exchange/'],
  'close-with-grace': ['^src/commands/'],
  '@redis': ['^src/state/redis/connection[.]ts$'],
  '(preact|@preact/signals|client-zip)': ['^src/inspector/'],
};

const place = (base, room) => `^${base}${room.replaceAll('.', '[.]')}${room.endsWith('.ts') ? '$' : '/'}`;

const orderOf = (base, table, everywhere) =>
  Object.entries(table).map(([room, others]) => ({
    name: `${base}${room}`,
    comment: `${room} may import from: ${[...others, ...everywhere].join(', ')}`,
    severity: 'error',
    from: { path: place(base, room) },
    to: {
      path: `^${base}`,
      pathNot: [room, ...others, ...everywhere].map((each) => place(base, each)),
    },
  }));

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...orderOf('src/', rooms, everywhere),
    ...orderOf('src/vision/', visionRooms, ['types.ts', 'odds.ts']),
    {
      name: 'inspector-over-http',
      comment: 'the inspector knows the server by its control API: it may import types of it, and no code',
      severity: 'error',
      from: { path: '^src/inspector/' },
      to: {
        path: '^src/',
        pathNot: '^src/(inspector/|journal/redact[.]ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'vision-is-pure',
      comment: 'bytes in, bytes and corners out',
      severity: 'error',
      from: { path: '^src/vision/' },
      to: { path: '^src/', pathNot: '^src/vision/' },
    },
    {
      name: 'vision-by-its-doors',
      comment: 'from outside, vision is its index and types, and a few parts for those named in visionDoors',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/vision/' },
      to: {
        path: '^src/vision/',
        pathNot: Object.values(visionDoors)
          .flat()
          .map((door) => `^src/vision/${door}$`),
      },
    },
    ...Object.entries(visionDoors)
      .filter(([from]) => from !== '.*')
      .map(([from, parts]) => ({
        name: `vision-door-${parts[0]}`,
        severity: 'error',
        from: { path: '^src/', pathNot: ['^src/vision/', `^src/${from}$`] },
        to: { path: parts.map((part) => `^src/vision/${part}$`) },
      })),
    ...Object.entries(doors).map(([name, from]) => ({
      name: `door-to-${name}`,
      severity: 'error',
      from: { path: '^src/', pathNot: from },
      to: { path: `(^|node_modules/)${name}(/|$)` },
    })),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
