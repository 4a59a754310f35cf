import type { DragEvent } from 'react'
import { wholeOf } from './actions'
import type { Targets } from './actions'
import type { FolderId } from '@/lib/model/folder-id'
import type { App } from './app'
import { isWhole } from './whole'

// Messages on their way to a folder. What is dragged stays within this page, so it is kept here; the type only
// tells folders that something of ours is above them (a page may not read the data before the drop).
const type = 'application/x-posthorn-messages'
let carried: Targets | null = null

/** Takes up a row, and with it the whole selection when the row is part of it. */
export const startDrag = (event: DragEvent, app: App, targets: Targets): void => {
  const { selected } = app.ui.get()
  const together = targets.ids.some((id) => selected.has(id))
  carried = wholeOf(
    app,
    together
      ? { ...targets, ids: [...selected], ...(isWhole(app) ? { reach: 'whole' as const } : {}) }
      : targets,
  )
  event.dataTransfer.effectAllowed = 'copyMove'
  event.dataTransfer.setData(type, String(carried.ids.length))
}

export const isOurDrag = (event: DragEvent): boolean => event.dataTransfer.types.includes(type)

const folderType = 'application/x-posthorn-folder'
let carriedFolder: FolderId | null = null

/** Takes up a folder, to be put into another one. */
export const startFolderDrag = (event: DragEvent, folder: FolderId): void => {
  carriedFolder = folder
  event.dataTransfer.effectAllowed = 'move'
  event.dataTransfer.setData(folderType, folder)
}

export const isFolderDrag = (event: DragEvent): boolean => event.dataTransfer.types.includes(folderType)

/** Which one it is, while it is on its way. */
export const draggedFolder = (): FolderId | null => carriedFolder

/** What was carried, once. */
export const takeDrag = (): Targets | null => {
  const taken = carried
  carried = null
  return taken
}
