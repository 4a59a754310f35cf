import { z } from 'zod/mini'
import { api } from '@/lib/model/api'
import { upload, uploadState } from '@/lib/model/draft'
import { lookAtUpload } from '@/lib/server/actions/download'
import { dropUpload } from '@/lib/server/actions/upload'
import { putPiece } from '@/lib/server/actions/upload-pieces'
import { arriving, door, endpoint } from '@/lib/server/endpoint'

const place = { upload: upload.shape.id }
const count = z.coerce.number().check(z.int(), z.minimum(0), z.maximum(1e12))
const piece = z.object({
  ...place,
  name: z.string().check(z.minLength(1), z.maxLength(1000)),
  size: count,
  from: count,
})

/** A piece of a file is the body, so that it goes to disk as it comes. Answers an UploadState of lib/model/draft. */
export const PUT = door({
  input: piece,
  run: async ({ upload: id, ...about }, { who, request }) => {
    const type = request.headers.get('content-type') ?? ''
    const given = request.body
    const body = given && ((over: AbortSignal) => arriving(given, over))
    return Response.json(uploadState.parse(await putPiece({ who, id, type, body, ...about })))
  },
})

/** What was added, to be looked at while one writes. */
export const GET = door({
  input: z.object(place),
  run: async ({ upload: id }, { who }) => {
    const { stream, headers } = await lookAtUpload(who, id)
    return new Response(stream, { headers })
  },
})

export const DELETE = endpoint(api.dropUpload, async ({ upload }, { who }) => {
  await dropUpload(who, upload)
  return {}
})
