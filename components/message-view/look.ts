'use client'
import { type MessageAt, messageKey } from '@/lib/client/cache/state'
import { signal, useSignal } from '@/lib/client/signal'

// How a message is looked at, as chosen for it alone; kept until the page is left.

export interface Look {
  images: 'usual' | 'shown'
  /** The paper of HTML mail, where it is not to follow the theme. */
  paper: 'usual' | 'light' | 'dark'
  /** Which of its forms, where there are several. */
  as: 'html' | 'text'
  font: 'usual' | 'fixed'
}

export const usual: Look = { images: 'usual', paper: 'usual', as: 'html', font: 'usual' }
const most = 500
const looks = signal<ReadonlyMap<string, Look>>(new Map())

export const lookOf = (at: MessageAt): Look => looks.get().get(messageKey(at)) ?? usual
export const useLook = (at: MessageAt): Look => useSignal(looks, (all) => all.get(messageKey(at)) ?? usual)

export const lookAs = (at: MessageAt, change: Partial<Look>): void =>
  looks.set((all) => new Map([...all, [messageKey(at), { ...lookOf(at), ...change }] as const].slice(-most)))
