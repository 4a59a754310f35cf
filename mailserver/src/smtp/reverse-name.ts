// The name of a client's address, for the Received line. This machine is not asked about by DNS.
import { reverse } from 'node:dns'
import { isLoopback } from '../core/network'

export const reverseName = (
  address: string,
  callback: (error: Error | null, names?: string[]) => void,
): void => {
  if (isLoopback(address)) return callback(null, ['localhost'])
  reverse(address, (error, names) => callback(error, names))
}
