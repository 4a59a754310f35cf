import { compose } from '@/components/composer/desk'
import type { MessageAt } from '@/lib/client/cache/state'
import type { Attachment } from '@/lib/model/message'

/** A new message that these files go along with; it is kept as a draft like any other. */
export const writeWith = (at: MessageAt, files: readonly Attachment[]): void =>
  void compose({ kind: 'new', bring: { at, files } })
