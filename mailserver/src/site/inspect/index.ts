// All inspections, in the order a newcomer would mend things.
import { inspectCertificate } from './certificate'
import { inspectDns } from './dns'
import { inspectDoors } from './doors'
import { orUnknown, type Finding, type Inspected } from './finding'
import { inspectPermissions } from './permissions'
import { inspectRelay } from './relay'
import { inspectSender } from './sender'

const inspections = [
  orUnknown('permissions', 'the permissions', inspectPermissions),
  orUnknown('doors', 'the doors', inspectDoors),
  orUnknown('certificate', 'the certificate', inspectCertificate),
  orUnknown('dns', 'the address and MX records', inspectDns),
  orUnknown('sender', 'SPF, DKIM and DMARC', inspectSender),
  orUnknown('relay', 'relaying', inspectRelay),
]

export const inspect = async (site: Inspected): Promise<Finding[]> =>
  (await Promise.all(inspections.map((each) => each(site)))).flat()
