/** A client as yours may be: it keeps its token, gets another one when it is refused, and tries again when the gateway stumbles. */
export class CardCropper {
  #token;

  constructor({ url, credentials, bundleKey, attempts = 3 }) {
    Object.assign(this, { url, credentials, bundleKey, attempts });
  }

  /** @returns the card as bytes, or `undefined` where the photo shows none */
  async crop(photo) {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#post(photo);
      if (answer.ok) return Buffer.from((await answer.json()).data.img, 'base64');
      if (answer.status === 422) return undefined;
      if (attempt === this.attempts) throw new Error(`the cropper answered ${answer.status}`);
      if (answer.status === 403)
        this.#token = undefined; // expired, or without trials: a new one has some
      else if (answer.status < 500) throw new Error(`the cropper answered ${answer.status}`);
    }
  }

  async #post(photo) {
    this.#token ??= await this.#logIn();
    return fetch(`${this.url}/api/v1/id_cropper_register`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ bundle_key: this.bundleKey, img: photo.toString('base64') }),
    });
  }

  async #logIn() {
    const answer = await fetch(`${this.url}/api/o/token/`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', ...this.credentials }),
    });
    if (!answer.ok) throw new Error(`no token: ${answer.status}`);
    return (await answer.json()).access_token;
  }
}
