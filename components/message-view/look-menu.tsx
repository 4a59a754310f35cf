'use client'
import { ALargeSmall, Rows2 } from 'lucide-react'
import { MenuItem } from '@/components/ui/menu'
import { messageKey, type MessageAt } from '@/lib/client/cache/state'
import { useMail } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { lookAs, useLook } from './look'

/** Which form of this one message is shown, and whether its letters are of one width. */
export function LookMenu({ at }: { at: MessageAt }) {
  const words = useWords().reader.look
  const forms = useMail((state) => state.details.get(messageKey(at))?.body.forms)
  const { as, font } = useLook(at)
  if (!forms || forms.length === 0) return null
  return (
    <>
      {forms.length > 1 && (
        <MenuItem icon={<Rows2 />} onSelect={() => lookAs(at, { as: as === 'html' ? 'text' : 'html' })}>
          {as === 'html' ? words.asText : words.asHtml}
        </MenuItem>
      )}
      {(as === 'text' || !forms.includes('html')) && (
        <MenuItem
          icon={<ALargeSmall />}
          onSelect={() => lookAs(at, { font: font === 'usual' ? 'fixed' : 'usual' })}
        >
          {font === 'usual' ? words.fixed : words.usual}
        </MenuItem>
      )}
    </>
  )
}
