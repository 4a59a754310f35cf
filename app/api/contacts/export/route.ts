import { z } from 'zod/mini'
import { groupName } from '@/lib/model/contact'
import { exportContacts } from '@/lib/server/actions/contact-files'
import { streamOf } from '@/lib/server/actions/download'
import { door } from '@/lib/server/endpoint'

export const GET = door({
  input: z.object({ group: z.optional(groupName) }),
  run: async ({ group }, { who }) =>
    new Response(streamOf(exportContacts(who.key, group ?? null)), {
      headers: {
        'content-type': 'text/vcard; charset=utf-8',
        'content-disposition': 'attachment; filename="contacts.vcf"',
        'x-content-type-options': 'nosniff',
      },
    }),
})
