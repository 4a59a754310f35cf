'use client'
import { useId } from 'react'
import { Choice } from '@/components/ui/choice'
import { Switch } from '@/components/ui/switch'
import { tellProblem } from '@/lib/client/actions'
import { useApp, usePreferences } from '@/lib/client/react'
import { languages, spoken } from '@/lib/i18n'
import { useWords } from '@/lib/i18n/react'
import type { Preferences } from '@/lib/model/preferences'
import { swipeActions } from '@/lib/model/swipe-action'
import { DensityPicture, ThemePicture } from './pictures'
import { Setting, useSave } from './setting'

const themes = ['system', 'light', 'dark'] as const
const densities = ['comfortable', 'cosy', 'compact'] as const
const layouts = ['right', 'below', 'off'] as const
const afterwards = ['next', 'previous', 'list'] as const
const swipes = ['swipeLeft', 'swipeRight'] as const

/** All that was drawn is in the old language: the page is asked for anew. */
function LanguageSetting() {
  const app = useApp()
  const { settings } = useWords()
  const { language } = usePreferences()
  const change = (chosen: Preferences['language']) =>
    void app.savePreferences({ language: chosen }).then(
      () => window.location.reload(),
      (problem: unknown) => tellProblem(app, settings.title, problem),
    )
  return (
    <Setting title={settings.language} hint={settings.languageHint}>
      <Choice
        label={settings.language}
        value={language}
        onChange={change}
        options={[
          { value: 'system' as const, label: settings.languageSystem },
          ...spoken.map((value) => ({ value, label: languages[value].name })),
        ]}
      />
    </Setting>
  )
}

export function Appearance() {
  const { settings } = useWords()
  const wishes = usePreferences()
  const save = useSave()
  const hint = useId()
  return (
    <>
      <LanguageSetting />
      <Setting title={settings.theme} hint={settings.themeHint}>
        <Choice
          label={settings.theme}
          value={wishes.theme}
          onChange={(theme) => save({ theme })}
          options={themes.map((value) => ({
            value,
            label: settings.themes[value],
            picture: <ThemePicture theme={value} />,
          }))}
        />
      </Setting>
      <Setting title={settings.density} hint={settings.densityHint}>
        <Choice
          label={settings.density}
          value={wishes.density}
          onChange={(density) => save({ density })}
          options={densities.map((value) => ({
            value,
            label: settings.densities[value],
            detail: settings.densityDetail[value],
            picture: <DensityPicture density={value} />,
          }))}
        />
      </Setting>
      <Setting title={settings.layout} hint={settings.layoutHint}>
        <Choice
          label={settings.layout}
          value={wishes.layout}
          onChange={(layout) => save({ layout })}
          options={layouts.map((value) => ({ value, label: settings.layouts[value] }))}
        />
      </Setting>
      <Setting title={settings.afterwards} hint={settings.afterwardsHint}>
        <Choice
          label={settings.afterwards}
          value={wishes.afterwards}
          onChange={(value) => save({ afterwards: value })}
          options={afterwards.map((value) => ({ value, label: settings.afterwardsOf[value] }))}
        />
      </Setting>
      {swipes.map((side) => (
        <Setting key={side} title={settings.swipes[side]} hint={settings.swipeHint}>
          <Choice
            label={settings.swipes[side]}
            value={wishes[side]}
            onChange={(action) => save({ [side]: action })}
            options={swipeActions.map((value) => ({ value, label: settings.swipeActions[value] }))}
          />
        </Setting>
      ))}
      <Setting title={settings.shortcuts} hint={settings.shortcutsHint} hintId={hint} layout="beside">
        <Switch
          label={settings.shortcuts}
          describedBy={hint}
          on={wishes.shortcuts}
          onChange={(shortcuts) => save({ shortcuts })}
        />
      </Setting>
    </>
  )
}
