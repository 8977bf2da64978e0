// Written by `npm run docs` from the table in settings.ts.

import type { ErrorName, ErrorOverride } from '../errors.js';

/** Settings as a library caller gives them: camelCase, all optional, credentials spelt as in the config file. */
export type Options = {
  /** Address to listen on; 0.0.0.0 for all interfaces. Default: '127.0.0.1'. */
  readonly host?: string | undefined;
  /** Port to listen on; 0 for any free one. Default: 3000. */
  readonly port?: number | undefined;
  /** HTTPS with a certificate made at the start, which a client trusts only if told to; see also tls-cert. Default: 'off'. */
  readonly tls?: 'off' | 'self-signed' | undefined;
  /** HTTPS with the certificate, or chain, in this PEM file. */
  readonly tlsCert?: string | undefined;
  /** PEM file of its private key. */
  readonly tlsKey?: string | undefined;
  /** Longest request body, in bytes. Default: 20971520. */
  readonly bodyLimit?: number | undefined;
  /** Members and elements in a body's JSON; 400 beyond that. Default: 10000. */
  readonly maxJsonValues?: number | undefined;
  /** Levels of a body's JSON; 400 beyond that. Default: 100. */
  readonly maxJsonDepth?: number | undefined;
  /** Origins whose web pages may call the vendor's paths, separated by commas, or * for all; default: none. */
  readonly cors?: string | undefined;
  /** Connections that may be open at once; beyond that, new ones are closed. Default: 2000. */
  readonly maxConnections?: number | undefined;
  /** Seconds for a request to arrive in full. Default: 60. */
  readonly requestTimeout?: number | undefined;
  /** Seconds that requests in flight get after SIGTERM. Default: 4. */
  readonly shutdownTimeout?: number | undefined;
  /** Calls per token and service, where a bundle says nothing else. Default: 3. */
  readonly trials?: number | undefined;
  /** Seconds that an access token lives. Default: 600. */
  readonly tokenLifetime?: number | undefined;
  /** Makes tokens and transaction ids reproducible; default: another one at each start. */
  readonly seed?: string | undefined;
  /** Where accounts, tokens, trials and the rest are kept: memory, or the redis:// or rediss:// address that replicas share. Default: 'memory'. */
  readonly state?: string | undefined;
  /** Documented, sample, strict, lenient or a YAML file: values for the settings that a profile may hold, below all others. */
  readonly profile?: string | undefined;
  /** Pass every call under /api/ on to the service at this address, credentials and photos included, return its answer, and count in what it differs from this server's. */
  readonly upstream?: string | undefined;
  /** JSON type of trials_remaining: string on the ID Cropper page, integer on most other pages of the vendor. Default: 'string'. */
  readonly trialsRemainingType?: 'string' | 'integer' | undefined;
  /** Answer a token without trials with 422 and this error_code instead of 403. */
  readonly trialsExhaustedCode?: number | undefined;
  /** 422 bodies with transaction_id and trials_remaining (full) or with message and error_code alone (short). Default: 'full'. */
  readonly unprocessableBody?: 'full' | 'short' | undefined;
  /** Accept img with a data:…;base64, prefix instead of 415. Default: false. */
  readonly acceptDataUri?: boolean | undefined;
  /** Refuse the header Authentication, which the vendor's table names, as a stand-in for Authorization. Default: false. */
  readonly strictAuthorization?: boolean | undefined;
  /** Sign good answers in the header hmac. Default: true. */
  readonly hmac?: boolean | undefined;
  /** Crop worker threads at most. Default: 2, or 1 on one core. */
  readonly workers?: number | undefined;
  /** Photos that may wait for a worker; 503 beyond that. Default: 32. */
  readonly maxQueue?: number | undefined;
  /** Bytes of large request bodies that may be held at once, from their first byte until they are cropped; 503 beyond that. Default: 67108864. */
  readonly maxQueueBytes?: number | undefined;
  /** Seconds that a photo waits for a worker; 503 after that. Default: 10. */
  readonly queueTimeout?: number | undefined;
  /** Seconds after which a crop that a worker has begun is given up with 500. Default: 15. */
  readonly cropTimeout?: number | undefined;
  /** Look for the QR code of a magic card on every card that is cropped. Default: true. */
  readonly magicCard?: boolean | undefined;
  /** Least severe lines to log. Default: 'info'. */
  readonly logLevel?: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent' | undefined;
  /** Lines of the log; auto: to be read by people on a terminal, JSON elsewhere. Default: 'auto'. */
  readonly logFormat?: 'auto' | 'json' | 'pretty' | undefined;
  /** What calls to the cropper do unless they or their accounts say otherwise, such as "slow;ms=500". */
  readonly defaultScenario?: string | undefined;
  /** Bundle keys that name a scenario, on every account. Default: true. */
  readonly magicKeys?: boolean | undefined;
  /** The control API under /__mock; auto: where the server listens on loopback, or has a control-token. Default: 'auto'. */
  readonly control?: 'auto' | 'on' | 'off' | undefined;
  /** Bearer token that the control API asks for. */
  readonly controlToken?: string | undefined;
  /** Numbers for Prometheus under /metrics. Default: true. */
  readonly metrics?: boolean | undefined;
  /** Remember requests for the control API. Default: true. */
  readonly journal?: boolean | undefined;
  /** Requests remembered at most. Default: 1000. */
  readonly journalEntries?: number | undefined;
  /** Bytes of memory for the journal: an eighth for the requests, the rest for the last of their pictures. Default: 33554432. */
  readonly journalBytes?: number | undefined;
  /** Remember the photos and crops too, in memory. Default: true. */
  readonly journalPictures?: boolean | undefined;
  /** Largest photo, in pixels (width × height); a JPEG in one scan, which is shrunk while it is read, may have four times as many. Default: 67108864. */
  readonly maxPixels?: number | undefined;
  /** Shortest side of a photo, in pixels. Default: 64. */
  readonly minSide?: number | undefined;
  /** Least confidence at which a card counts as found. Default: 0.5. */
  readonly minConfidence?: number | undefined;
  /** Format of the crop; same: JPEG for JPEG, PNG for PNG, JPEG for WebP. Default: 'same'. */
  readonly outputFormat?: 'same' | 'jpeg' | 'png' | 'webp' | undefined;
  /** Longest side of the crop, in pixels; nothing is ever enlarged. Default: 2000. */
  readonly outputMaxSide?: number | undefined;
  /** Quality of JPEG and WebP crops. Default: 90. */
  readonly outputQuality?: number | undefined;
  /** Who may log in, with which bundles; replaces the demo account. */
  readonly accounts?: {
    username: string;
    password: string;
    client_id: string;
    client_secret: string;
    bundles: {
      bundle_key: string;
      hmac_key: string;
      trials?: number;
      services?: string[];
    }[];
    default_scenario?: string;
  }[] | undefined;
  /** Scenarios for certain calls: of an account, the n-th, a share of them. */
  readonly rules?: {
    scenario: string;
    endpoint?: 'crop' | 'token';
    account?: string;
    call?: number;
    every?: number;
    share?: number;
  }[] | undefined;
  /** Forms of the paths that are not served, each with its status: 404, or a redirect to the other form. */
  readonly paths?: {
    '/api/v1/id_cropper_register'?: 301 | 302 | 307 | 308 | 404;
    '/api/v1/id_cropper_register/'?: 301 | 302 | 307 | 308 | 404;
    '/api/v1/id_cropper/register'?: 301 | 302 | 307 | 308 | 404;
    '/api/v1/id_cropper/register/'?: 301 | 302 | 307 | 308 | 404;
    '/api/o/token'?: 301 | 302 | 307 | 308 | 404;
    '//'?: 301 | 302 | 307 | 308 | 404;
  } | undefined;
  /** Least milliseconds until the answer to a photo: median, more per megabyte of the request, and sigma of the log-normal around that. */
  readonly latency?: {
    median: number;
    'per-megabyte'?: number;
    sigma?: number;
  } | undefined;
  /** Error_code and texts of rows of the error catalogue. */
  readonly errors?: Partial<Record<ErrorName, ErrorOverride>> | undefined;
};
