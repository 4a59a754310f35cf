import 'server-only'
import type { Upload } from '@/lib/model/draft'
import { downloadPart } from '../mail/download'
import { findFolder } from '../mail/mailboxes'
import type { Place } from './opened'
import { storeUpload } from './upload'

/** Goes from the mail server to the disk in pieces; `storeUpload` stops what is larger than a file may be. */
export const uploadFromMessage = async ({ who, folder, message }: Place, part: string): Promise<Upload> => {
  const path = await findFolder(who, folder)
  const { name, type, stream } = await downloadPart(who, { path, id: message, part })
  return storeUpload({ who, name, type, body: stream })
}
