import type { LaterWords } from '../en/later'
import { many, own } from './count'

const rows = (count: number): string =>
  many(count, { one: 'صف واحد', two: 'صفان', few: '# صفوف', many: '# صفًا', other: '# صف' })
const columns = (count: number): string =>
  many(count, { one: 'عمود واحد', two: 'عمودان', few: '# أعمدة', many: '# عمودًا', other: '# عمود' })

export const compose: LaterWords['compose'] = {
  font: 'الخط',
  size: 'الحجم',
  colour: 'اللون',
  marker: 'التمييز',
  usual: { font: 'خط بلا زوائد', size: 'عادي', ink: 'اللون المعتاد', marker: 'بلا تمييز' },
  fonts: {
    serif: 'خط بزوائد',
    fixed: 'ثابت العرض',
    wide: 'عريض',
    narrow: 'ضيق',
    round: 'مستدير',
  },
  sizes: { small: 'صغير', large: 'كبير', huge: 'كبير جدًا' },
  colours: {
    '#1f2328': 'أسود',
    '#6b7280': 'رمادي',
    '#b42318': 'أحمر',
    '#c2410c': 'برتقالي',
    '#a16207': 'أصفر داكن',
    '#15803d': 'أخضر',
    '#0e7490': 'أزرق مخضر',
    '#1d4ed8': 'أزرق',
    '#6d28d9': 'بنفسجي',
    '#be185d': 'وردي',
    '#fef08a': 'أصفر',
    '#bbf7d0': 'أخضر فاتح',
    '#bfdbfe': 'أزرق فاتح',
    '#fbcfe8': 'وردي فاتح',
    '#fed7aa': 'برتقالي فاتح',
    '#e5e7eb': 'رمادي فاتح',
  },
  emoji: 'رموز تعبيرية',
  table: 'جدول',
  newTable: (down, across) => `${rows(down)}، ${columns(across)}`,
  tableActs: {
    rowBelow: 'إضافة صف أسفله',
    columnAfter: 'إضافة عمود بعده',
    removeRow: 'إزالة هذا الصف',
    removeColumn: 'إزالة هذا العمود',
    removeTable: 'إزالة الجدول',
  },

  insertPicture: 'إدراج صورة',
  picture: 'صورة',
  pictureSizes: { small: 'صغيرة', medium: 'متوسطة', large: 'كبيرة', original: 'الحجم الأصلي' },
  pictureText: 'ما تُظهره',
  pictureRemove: 'إزالة',
  pictureTooLarge: 'هذه الصورة أكبر من أن توضع في توقيع.',
  attachInstead: 'إرفاقها بدلًا من ذلك',
  putIntoText: (name) => `وضع ${own(name)} في النص`,
  makeSmaller: (size) => `تصغير (${own(size)})`,
  makeSmallerOf: (name, size) => `تصغير ${own(name)}، حجمها الآن ${own(size)}`,
  notSmaller: 'لا يمكن تصغير هذه الصورة.',
  rename: (name) => `إعادة تسمية ${own(name)}`,
  fileName: 'اسم الملف',
  moveFile: (name) => `${own(name)}: يحرّكه السهمان الأيسر والأيمن`,
  look: (name) => `عرض ${own(name)}`,

  more: 'خيارات أخرى',
  replyTo: 'الرد إلى',
  showReplyTo: 'الردود إلى عنوان آخر',
  priority: 'الأولوية',
  priorities: { high: 'أولوية عالية', normal: 'أولوية عادية', low: 'أولوية منخفضة' },
  receipt: 'طلب إشعار قراءة',
  notice: 'طلب إشعار تسليم',
  wishes: {
    high: 'أولوية عالية',
    low: 'أولوية منخفضة',
    receipt: 'تطلب إشعار قراءة',
    notice: 'تطلب إشعار تسليم',
    at: (when) => `تُرسل ${own(when)}`,
  },
  dropWish: (wish) => `تراجع عن: ${wish}`,

  quoteWaiting: 'ستُرسل الرسالة فور وصول الرسالة الأصلية.',
  nearDomain: (address, domain) =>
    `«${own(address)}» يكاد يكون عنوانًا في ${own(domain)} الذي تعرفه. هل هو المقصود؟`,
  useDomain: (domain) => `تغيير إلى ${own(domain)}`,
  keepDomain: 'إبقاؤه',
  unusual: (who) => `لم تكتب إلى ${own(who)} من قبل.`,
  leaveOut: 'استبعاد',
  keepThem: 'إبقاء',

  elsewhere: {
    changed: 'غُيّرت هذه المسودة أيضًا في نافذة أخرى أو على جهاز آخر. النسختان كلتاهما في المسودات.',
    changedHeld: 'لم تُرسل بعد: غُيّرت هذه المسودة أيضًا في نافذة أخرى أو على جهاز آخر. اختر النسخة التي تستمر.',
    gone: 'أُرسلت هذه المسودة أو حُذفت في نافذة أخرى أو على جهاز آخر. ما تكتبه هنا يُحفظ مسودةً جديدة.',
    goneHeld:
      'لم تُرسل بعد: أُرسلت هذه المسودة أو حُذفت في نافذة أخرى أو على جهاز آخر. تابع فقط إن كان يجب إرسالها من هنا.',
    mine: 'إبقاء هذه',
    other: 'أخذ الأخرى',
    both: 'إبقاء كلتيهما',
    goOn: 'المتابعة هنا',
    drop: 'تجاهل هذه',
  },
}
