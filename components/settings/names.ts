/** The settings pages, in the order they are offered; each is named by the last step of its address. */
export const settingsPages = [
  'appearance',
  'writing',
  'identities',
  'templates',
  'folders',
  'labels',
  'notifications',
  'privacy',
  'account',
] as const
export type SettingsPageName = (typeof settingsPages)[number]

export const isSettingsPage = (name: string): name is SettingsPageName =>
  (settingsPages as readonly string[]).includes(name)
