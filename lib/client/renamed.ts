import type { RenamedFolders } from '@/lib/model/folder'
import type { App } from './app'

/** The page stays where it is when the folder it shows gets another name. */
export const followRenamed = (app: App, renamed: RenamedFolders): void => {
  const place = app.place()
  const now = place && renamed.find(({ from }) => from === place.folder)
  if (place && now && now.to !== place.folder) app.go({ ...place, folder: now.to }, 'replace')
}
