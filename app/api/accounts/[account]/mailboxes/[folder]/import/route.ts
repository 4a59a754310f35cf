import { z } from 'zod/mini'
import { AppError } from '@/lib/model/errors'
import { folderId } from '@/lib/model/mailbox'
import { importFile } from '@/lib/server/actions/import-file'
import { arriving, door } from '@/lib/server/endpoint'

/** The file is the body, so that it goes to disk as it comes. */
export const POST = door({
  input: z.object({
    account: z.coerce.number(),
    folder: folderId,
    name: z._default(z.string().check(z.maxLength(1000)), ''),
  }),
  run: async ({ folder, name }, { who, request }) => {
    if (!request.body) throw new AppError('bad-request', 'body')
    const job = await importFile({ who, folder, name, body: arriving(request.body) })
    return Response.json(job ?? {}, { status: job ? 202 : 201 })
  },
})
