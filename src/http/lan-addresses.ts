import { existsSync } from 'node:fs';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Where other machines and phones of the same network find this one: IPv4 first, which is the easier to type. */
export function lanAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const all = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  const outside = all.filter(({ internal, scopeid }) => !internal && !scopeid); // link-local ones need an interface's name besides
  return outside
    .toSorted((a, b) => a.family.localeCompare(b.family))
    .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
}

/** What Docker and Podman put into each container. */
const containerMarks = ['/.dockerenv', '/run/.containerenv'];
const isContainer = () => containerMarks.some((file) => existsSync(file));

/** Where a phone reaches what listens on `host`. In a container there are only addresses of its own network, where no phone is. */
export function placesForPhones(
  host: string,
  contained = isContainer(),
  addresses = lanAddresses(),
): string[] {
  if (contained || !['0.0.0.0', '::'].includes(host)) return [];
  return addresses.filter((address) => host === '::' || !address.startsWith('['));
}
