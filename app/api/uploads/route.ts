import { z } from 'zod/mini'
import { AppError } from '@/lib/model/errors'
import { storeUpload } from '@/lib/server/actions/upload'
import { door } from '@/lib/server/endpoint'

const input = z.object({ name: z.string().check(z.minLength(1), z.maxLength(1000)) })

/** The file is the body, so that it goes to disk as it comes. Answers an Upload of lib/model/draft. */
export const POST = door({
  input,
  run: async ({ name }, { who, request }) => {
    if (!request.body) throw new AppError('bad-request', 'body')
    const type = request.headers.get('content-type') ?? ''
    const body = request.body as unknown as AsyncIterable<Uint8Array>
    return Response.json(await storeUpload({ who, name, type, body }), { status: 201 })
  },
})
