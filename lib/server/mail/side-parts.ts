import 'server-only'
import type { Part } from './structure'

// Parts that are read beside the body because the reader makes a card of them. Not those of a message inside
// the message: what was forwarded is not addressed to this reader.

export interface SidePart {
  role: 'report' | 'receipt' | 'original' | 'calendar'
  /** As in FETCH BODY[…]. */
  section: string
  part: Part
  most: number
}

export const ownParts = (part: Part): Part[] =>
  part.type.startsWith('multipart/') ? [part, ...part.children.flatMap(ownParts)] : [part]

const isReport = ({ type }: Part) =>
  type === 'message/delivery-status' || type === 'message/global-delivery-status'
const isReceipt = ({ type }: Part) =>
  type === 'message/disposition-notification' || type === 'message/global-disposition-notification'
export const isReportHeaders = ({ type }: Part): boolean =>
  type === 'text/rfc822-headers' || type === 'message/global-headers'
const isMessage = ({ type }: Part) => type === 'message/rfc822' || type === 'message/global'

/** What a report holds for programs, and a card tells better (RFC 6522 section 3). */
export const isForPrograms = (part: Part): boolean =>
  isReport(part) || isReceipt(part) || isReportHeaders(part)

const reportParts = ({ children }: Part, role: 'report' | 'receipt'): SidePart[] => {
  const report = children.find(role === 'report' ? isReport : isReceipt)
  if (!report) return []
  const original = children.find((part) => isReportHeaders(part) || isMessage(part))
  const parts: SidePart[] = [{ role, section: report.part, part: report, most: 100_000 }]
  if (!original) return parts
  const section = isMessage(original) ? `${original.part}.HEADER` : original.part
  // The header of a message is never encoded, whatever its part says (RFC 2046 section 5.2.1).
  const plain = isMessage(original) ? { ...original, encoding: '7bit' } : original
  return [...parts, { role: 'original', section, part: plain, most: 50_000 }]
}

export const sidePartsOf = (structure: Part | null): SidePart[] => {
  if (!structure) return []
  const own = ownParts(structure)
  const reportOf = (kind: string) =>
    own.find(
      ({ type, params }) =>
        type === 'multipart/report' && (params['report-type'] ?? '').toLowerCase() === kind,
    )
  const report = reportOf('delivery-status')
  const receipt = reportOf('disposition-notification')
  const calendar = own.find(({ type, size }) => type === 'text/calendar' && size <= 400_000)
  return [
    ...(report ? reportParts(report, 'report') : []),
    ...(receipt && !report ? reportParts(receipt, 'receipt') : []),
    ...(calendar
      ? [{ role: 'calendar' as const, section: calendar.part, part: calendar, most: 400_000 }]
      : []),
  ]
}
