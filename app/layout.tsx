import type { ReactNode } from 'react'
import './globals.css'

export const metadata = { title: 'Posthorn' }

export default function Document({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
