import { z } from 'zod/mini'
import { folderId } from '@/lib/model/mailbox'
import { importMessage, mostImported } from '@/lib/server/actions/import-message'
import { door, readBody } from '@/lib/server/endpoint'

/** The message is the body, as it stands in the file. */
export const POST = door({
  input: z.object({ account: z.coerce.number(), folder: folderId }),
  run: async ({ folder }, { who, request }) => {
    await importMessage({ who, folder, bytes: await readBody(request, mostImported) })
    return Response.json({}, { status: 201 })
  },
})
