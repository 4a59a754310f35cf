'use client'
import { useEffect, useSyncExternalStore } from 'react'
import { useApp } from '../react'
import { commands, isOffered, register, runCommand } from './registry'
import type { Command } from './registry'

const nothing: readonly Command[] = []

/** Keeps commands registered for as long as the component is there. The list must not change between renders. */
export const useRegistered = (list: readonly Command[]): void => {
  useEffect(() => register(list), [list])
}

export const useCommands = (): readonly Command[] =>
  useSyncExternalStore(commands.subscribe, commands.all, () => nothing)

/** A command by id, ready to be shown and run; null while nobody has registered it. */
export const useCommand = (id: string) => {
  const app = useApp()
  const command = useCommands().find((one) => one.id === id)
  if (!command) return null
  return {
    command,
    label: command.label(app.words(), app),
    keys: command.keys[0],
    offered: isOffered(command, app),
    run: () => void runCommand(id, app),
  }
}
