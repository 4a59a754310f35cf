import { redirect } from 'next/navigation'

export default function Mail() {
  redirect('/mail/0/inbox')
}
