import type { Spoken } from './languages'

// The few words for when the document itself could not be drawn, and no catalogue is there.

interface CrashWords {
  title: string
  advice: string
  retry: string
  reload: string
}

const words: Record<Spoken, CrashWords> = {
  en: {
    title: 'This page could not be shown',
    advice: 'Your mail is safe on the server. Reload to go on where you were.',
    retry: 'Try again',
    reload: 'Reload',
  },
  de: {
    title: 'Diese Seite konnte nicht angezeigt werden',
    advice: 'Ihre E-Mails sind sicher auf dem Server. Laden Sie die Seite neu, um weiterzumachen.',
    retry: 'Erneut versuchen',
    reload: 'Neu laden',
  },
  ja: {
    title: 'このページを表示できませんでした',
    advice: 'メールはサーバーに安全に保存されています。再読み込みすると続きから操作できます。',
    retry: '再試行',
    reload: '再読み込み',
  },
  ar: {
    title: 'تعذّر عرض هذه الصفحة',
    advice: 'بريدك محفوظ بأمان على الخادم. أعد تحميل الصفحة للمتابعة من حيث توقفت.',
    retry: 'إعادة المحاولة',
    reload: 'إعادة التحميل',
  },
}

export const crashWords = (language: string): CrashWords =>
  Object.hasOwn(words, language) ? words[language as Spoken] : words.en
