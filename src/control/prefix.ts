/** Where the control API lives; no path of the vendor's begins like this. */
export const controlPrefix = '/__mock';

export const isControl = (url: string): boolean =>
  url.startsWith(controlPrefix) && ['', '/', '?'].includes(url.charAt(controlPrefix.length));
