import { redirect } from 'next/navigation'

export default function Home() {
  redirect('/mail/0/inbox')
}
