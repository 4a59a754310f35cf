'use client'
import { useEffect } from 'react'
import { Toaster as Sonner, toast as sonner } from 'sonner'
import type { ToastInput } from './toast'

const show = ({ text, tone = 'plain', action, seconds = 6, id }: ToastInput): void =>
  void sonner.custom((shown) => <Toast text={text} tone={tone} action={action} id={shown} />, {
    duration: seconds * 1000,
    ...(id ? { id } : {}),
  })

interface ToastProps {
  id: string | number
  text: string
  tone: 'plain' | 'bad'
  action: ToastInput['action']
}

function Toast({ id, text, tone, action }: ToastProps) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className="pointer-events-auto mx-auto flex w-fit max-w-full items-center gap-2 rounded-m bg-toast py-1.5 ps-3.5 pe-2 text-sm text-toast-ink shadow-float"
    >
      {tone === 'bad' && <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-bad" />}
      <span className="line-clamp-3 min-w-0 py-0.5 wrap-anywhere">{text}</span>
      {action ? (
        <button
          type="button"
          className="ms-1 shrink-0 rounded-s px-2 py-1 font-semibold text-toast-action hover:underline pointer-coarse:min-h-11 pointer-coarse:px-3"
          // The pointer leaves the focus where it is: taken into the toaster it would be given back when something else
          // is pressed next, and a menu that opens by that press would close.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            sonner.dismiss(id)
            action.run()
          }}
        >
          {action.label}
        </button>
      ) : (
        <span className="w-1" />
      )}
    </div>
  )
}

interface ToasterProps {
  label: string
  onReady: (show: (toast: ToastInput) => void) => void
}

/** Asks for its toasts once it can show them: what Sonner is told before it stands is lost. */
export default function Toaster({ label, onReady }: ToasterProps) {
  useEffect(() => onReady(show), [onReady])
  return (
    <Sonner
      position="bottom-center"
      containerAriaLabel={label}
      visibleToasts={3}
      gap={8}
      offset={{ bottom: 20 }}
      mobileOffset={{ bottom: 16, left: 12, right: 12 }}
      toastOptions={{ unstyled: true, className: 'flex w-(--width) max-w-full justify-center' }}
    />
  )
}
