import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';

const port = 3000;

/**
 * The simulator in a container, for projects that have Testcontainers: to be copied into yours.
 *
 * @example
 * const container = await new IdCropperContainer('valify-id-cropper-simulator').withTrials(1).start();
 * const mock = await connectMock(container.getUrl(), { token: container.getControlToken() });
 * // … call your code with container.getUrl() …
 * await container.stop();
 */
export class IdCropperContainer extends GenericContainer {
  #controlToken = 'testcontainers';

  constructor(image: string) {
    super(image);
    this.withExposedPorts(port)
      .withEnvironment({ ID_CROPPER_SEED: 'reproducible' })
      .withWaitStrategy(Wait.forHttp('/readyz', port)) // until a crop takes no longer than usual
      .withStartupTimeout(60_000);
  }

  /** The control API is switched on for those who say this word: in a container it is off otherwise. */
  withControlToken(token: string): this {
    this.#controlToken = token;
    return this;
  }

  /** How many calls a token is good for. */
  withTrials(trials: number): this {
    return this.withSetting('trials', trials);
  }

  /** Any setting by the name of its flag, such as `token-lifetime`. */
  withSetting(name: string, value: string | number | boolean): this {
    const variable = `ID_CROPPER_${name.toUpperCase().replaceAll('-', '_')}`;
    return this.withEnvironment({ [variable]: String(value) });
  }

  override async start(): Promise<StartedIdCropperContainer> {
    this.withSetting('control-token', this.#controlToken);
    return new StartedIdCropperContainer(await super.start(), this.#controlToken);
  }
}

export class StartedIdCropperContainer extends AbstractStartedContainer {
  readonly #controlToken: string;

  constructor(container: StartedTestContainer, controlToken: string) {
    super(container);
    this.#controlToken = controlToken;
  }

  getPort(): number {
    return this.getMappedPort(port);
  }

  /** The address of the API, for your client and for `connectMock`. */
  getUrl(): string {
    return `http://${this.getHost()}:${this.getPort()}`;
  }

  getControlToken(): string {
    return this.#controlToken;
  }

  /** The account that is there from the start. */
  getCredentials() {
    return {
      username: 'demo',
      password: 'demo',
      client_id: 'demo-client',
      client_secret: 'demo-secret',
    };
  }

  getBundleKey(): string {
    return '0'.repeat(32);
  }
}
