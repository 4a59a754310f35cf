'use client'
import { useId, useSyncExternalStore, useState } from 'react'
import { Switch } from '@/components/ui/switch'
import { askPermission, permission, playSound } from '@/lib/client/notify'
import { usePreferences } from '@/lib/client/react'
import { useWords } from '@/lib/i18n/react'
import { Setting, useSave } from './setting'

/** The permission as it is in this browser; asked for by a click alone. */
const usePermission = () => {
  const [asked, setAsked] = useState(0)
  const now = useSyncExternalStore(
    () => () => undefined,
    permission,
    () => 'default' as const,
  )
  const ask = async () => {
    const answer = await askPermission()
    setAsked(asked + 1)
    return answer
  }
  return { now, ask }
}

/** How new mail is told of while one looks elsewhere. Quiet by default. */
export function Notifications() {
  const { notifications: words } = useWords().settings
  const { desktopNotes, sound } = usePreferences()
  const save = useSave()
  const [noteHint, soundHint] = [useId(), useId()]
  const { now, ask } = usePermission()
  const turn = async (on: boolean) => {
    if (!on || (await ask()) === 'granted') save({ desktopNotes: on })
  }
  return (
    <>
      <Setting title={words.desktop} hint={words.desktopHints[now]} hintId={noteHint} layout="beside">
        {(now === 'default' || now === 'granted') && (
          <Switch
            label={words.desktop}
            describedBy={noteHint}
            on={desktopNotes && now === 'granted'}
            onChange={(on) => void turn(on)}
          />
        )}
      </Setting>
      <Setting title={words.sound} hint={words.soundHint} hintId={soundHint} layout="beside">
        <Switch
          label={words.sound}
          describedBy={soundHint}
          on={sound}
          onChange={(on) => {
            if (on) playSound()
            save({ sound: on })
          }}
        />
      </Setting>
      <p className="py-5 text-sm text-ink-2">{words.always}</p>
    </>
  )
}
