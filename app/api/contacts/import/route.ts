import { z } from 'zod/mini'
import { importContacts, largestFile } from '@/lib/server/actions/contact-files'
import { door, readBody } from '@/lib/server/endpoint'

/** The file is the body. Answers an Imported of lib/model/contact. */
export const POST = door({
  input: z.object({}),
  run: async (_, { who, request }) =>
    Response.json(await importContacts(who.key, await readBody(request, largestFile))),
})
