import type { Words } from '../en'
import { many, number, own } from './count'

const listed = (names: readonly string[]): string => new Intl.ListFormat('ar').format(names.map(own))

type Reader = Words['reader']

const retry = 'يمكنك إرسالها مجددًا لاحقًا.'

const bounce: Reader['bounce'] = {
  label: 'تقرير التسليم',
  failed: 'لم تُسلَّم رسالتك',
  delayed: 'لم تصل رسالتك بعد',
  subject: (subject) => `رسالتك: ${own(subject)}`,
  details: 'التفاصيل',
  waiting: 'يواصل الخادم المحاولة؛ لا حاجة إلى إرسالها مجددًا.',
  reasons: {
    'no-such-address': {
      why: 'هذا العنوان غير موجود هناك.',
      advice: 'تحقّق من كتابته وأرسلها مجددًا.',
    },
    'mailbox-full': { why: 'صندوق البريد ممتلئ.', advice: retry },
    'mailbox-closed': { why: 'لا يستقبل صندوق البريد رسائل.', advice: 'اطلب عنوانًا آخر.' },
    'too-large': {
      why: 'الرسالة أكبر مما يقبله صندوق البريد هذا.',
      advice: 'أرسلها بمرفقات أصغر.',
    },
    unreachable: { why: 'تعذّر الوصول إلى خادم هذا العنوان.', advice: retry },
    content: {
      why: 'لم يستطع الخادم الآخر التعامل مع الرسالة كما كُتبت.',
      advice: 'أرسلها مجددًا كنص عادي أو من دون مرفقات.',
    },
    policy: {
      why: 'رفض الخادم الآخر الرسالة وفق قواعده.',
      advice: 'ردّه في التفاصيل، ويمكن لمن يدير خادم بريدك أن يساعدك.',
    },
    unknown: { why: 'لم يذكر الخادم الآخر سببًا واضحًا.', advice: 'ردّه في التفاصيل.' },
  },
}

interface Unit {
  one: string
  two: string
  few: string
  more: string
}

const every =
  ({ one, two, few, more }: Unit) =>
  (interval: number): string =>
    many(interval, { one, two: `كل ${two}`, few: `كل # ${few}`, many: `كل # ${more}`, other: `كل # ${more}` })

const invitation: Reader['invitation'] = {
  label: 'دعوة',
  noTitle: '(بلا عنوان)',
  methods: {
    request: 'دعوة',
    cancel: 'أُلغي',
    reply: 'رد',
    counter: 'اقتراح موعد آخر',
    declinecounter: 'لم يُقبل اقتراحك',
    publish: 'حدث',
  },
  organiser: (name) => `من تنظيم ${own(name)}`,
  invitedAs: (address) => `أنت مدعو بالعنوان ${own(address)}`,
  answers: {
    accepted: (name) => `قبول من ${own(name)}`,
    tentative: (name) => `حضور محتمل من ${own(name)}`,
    declined: (name) => `اعتذار من ${own(name)}`,
    other: (name) => `لا قرار بعد من ${own(name)}`,
  },
  download: 'تنزيل ‎.ics',
  repeats: 'يتكرر',
  every: {
    day: every({ one: 'كل يوم', two: 'يومين', few: 'أيام', more: 'يومًا' }),
    week: every({ one: 'كل أسبوع', two: 'أسبوعين', few: 'أسابيع', more: 'أسبوعًا' }),
    month: every({ one: 'كل شهر', two: 'شهرين', few: 'أشهر', more: 'شهرًا' }),
    year: every({ one: 'كل سنة', two: 'سنتين', few: 'سنوات', more: 'سنة' }),
  },
  onDays: (days) => ` يوم ${days}`,
  onWorkdays: ' من الاثنين إلى الجمعة',
  onThe: (which, day) => ` في ${which} يوم ${day}`,
  ordinals: { 1: 'أول', 2: 'ثاني', 3: 'ثالث', 4: 'رابع', [-1]: 'آخر' },
  accept: 'قبول',
  maybe: 'ربما',
  decline: 'رفض',
  yourAnswer: 'ردّك',
  said: { accepted: 'قبلت الدعوة', tentative: 'أجبت: ربما', declined: 'رفضت الدعوة', none: '' },
  sent: { accepted: 'تم القبول', tentative: 'تم الرد: ربما', declined: 'تم الرفض' },
  sentTo: (what, organiser) => `${what}. سيتم إعلام ${own(organiser)}.`,
  answering: 'الرد على الدعوة',
  newer: {
    request: 'توجد رسالة لاحقة تغيّر هذه الدعوة.',
    cancel: 'توجد رسالة لاحقة تلغي هذا الحدث.',
  },
  showNewer: 'فتحها',
  mail: {
    subject: {
      accepted: (title) => `قبول: ${title}`,
      tentative: (title) => `ربما: ${title}`,
      declined: (title) => `رفض: ${title}`,
    },
    text: {
      accepted: (name, title) => `${name}: تم قبول الدعوة إلى «${title}».`,
      tentative: (name, title) => `${name}: الحضور إلى «${title}» محتمل.`,
      declined: (name, title) => `${name}: تم رفض الدعوة إلى «${title}».`,
    },
  },
  times: (count) =>
    many(count, {
      one: '، مرة واحدة',
      two: '، مرتين',
      few: '، # مرات',
      many: '، # مرة',
      other: '، # مرة',
    }),
  until: (date) => ` حتى ${own(date)}`,
}

const preview: Reader['preview'] = {
  kinds: {
    image: 'صورة',
    pdf: 'PDF',
    sheet: 'جدول بيانات',
    document: 'مستند',
    slides: 'عرض تقديمي',
    archive: 'أرشيف',
    audio: 'صوت',
    video: 'فيديو',
    calendar: 'تقويم',
    contact: 'جهة اتصال',
    mail: 'رسالة',
    page: 'صفحة ويب',
    text: 'نص',
    program: 'برنامج',
    other: 'ملف',
  },
  saysIs: (said, really) => `يدّعي أنه ${said}، وهو في الحقيقة ${really}`,
  isProgram: 'هذا برنامج',
  look: (name) => `معاينة ${own(name)}`,
  openTab: (name) => `فتح ${own(name)} في علامة تبويب جديدة`,
  more: (name) => `المزيد حول ${own(name)}`,
  show: 'معاينة',
  tab: 'فتح في علامة تبويب جديدة',
  download: 'تنزيل',
  all: 'تنزيل الكل',
  write: 'رسالة جديدة مع هذا الملف',
  close: 'إغلاق المعاينة',
  previous: 'الملف السابق',
  next: 'الملف التالي',
  failed: 'تعذّرت قراءة هذا الملف.',
  none: 'لا يوجد ما يُعرض من هذا الملف. يمكن تنزيله.',
  cut: 'يُعرض الجزء الأول فقط. نزّل الملف لرؤيته كاملًا.',
  innerBody: 'نص الرسالة المرفقة',
  email: 'البريد الإلكتروني',
  phone: 'الهاتف',
  address: 'العنوان',
  web: 'الويب',
  birthday: 'تاريخ الميلاد',
  note: 'ملاحظة',
}

const sender: Reader['sender'] = {
  card: (name) => `حول ${own(name)}`,
  contact: 'ضمن جهات اتصالك',
  collected: 'سبق أن كتبت إلى هذا العنوان',
  blockedMark: 'محظور',
  add: 'إضافة إلى جهات الاتصال',
  added: (name) => `أُضيف ${own(name)} إلى جهات اتصالك`,
  remove: 'إزالة من جهات الاتصال',
  removed: (name) => `أُزيل ${own(name)} من جهات اتصالك`,
  write: 'كتابة رسالة',
  find: 'البحث عن بريد هذا المرسل',
  copy: 'نسخ العنوان',
  copied: 'تم نسخ العنوان',
  images: 'عرض الصور دائمًا',
  imagesStop: 'إيقاف عرض الصور',
  imagesOn: (address) => `تُعرض صور ${own(address)} دائمًا`,
  imagesOff: (address) => `تُحظر صور ${own(address)}`,
  block: 'حظر المرسل',
  blocked: (address) => `تم الحظر. يُنقل البريد الجديد من ${own(address)} إلى غير المرغوب فيه.`,
  blockedNote: (address) => `حظرت ${own(address)}. يُنقل بريده الجديد إلى غير المرغوب فيه.`,
  unblock: 'إلغاء حظر المرسل',
  unblocked: (address) => `لم يعد ${own(address)} محظورًا`,
}

const trust: Reader['trust'] = {
  verified: 'موثّق',
  verifiedWhy: (domain) => `يؤكد خادم بريدك أن هذه الرسالة أُرسلت من ${own(domain)}.`,
  pretends: (address) => `يسمّي المرسل نفسه ${own(address)}، لكن هذا ليس عنوانه.`,
  like: (domain, known) => `أُرسلت هذه الرسالة من ${own(domain)}، وهو يشبه ${own(known)} لكنه نطاق آخر.`,
  strange: (domain) => `يستخدم عنوان المرسل حروفًا تشبه غيرها. هو في الحقيقة ${own(domain)}.`,
  answersTo: (address) => `تذهب الردود إلى ${own(address)} وليس إلى المرسل.`,
  first: 'أول رسالة',
  firstWhy: 'لا يوجد في الوارد والأرشيف بريد سابق من هذا العنوان.',
}

const link: Reader['link'] = {
  warning: (host, said) => `يؤدي إلى ${own(host)} وليس إلى ${own(said)}`,
  title: (host) => `يؤدي هذا الرابط إلى ${own(host)}`,
  asks: (said) => `يقول نصه ${own(said)}. لا تفتحه إلا إذا كنت تثق بوجهته الحقيقية:`,
  open: (host) => `فتح ${own(host)}`,
  stay: 'البقاء هنا',
  close: 'إلغاء',
}

const receipt: Reader['receipt'] = {
  asks: 'يطلب المرسل إعلامه بأنك قرأت هذه الرسالة.',
  asksFor: (addresses) => `يُطلب منك إعلام ${own(addresses)} بأنك قرأت هذه الرسالة.`,
  send: 'إرسال إشعار',
  refuse: 'عدم الإرسال',
  sent: 'أُرسل إشعار القراءة',
  sentBySetting: (addresses) => `يُعلَم ${own(addresses)} بأنك قرأت هذه الرسالة، كما اخترت في الإعدادات.`,
  answering: 'الرد على طلب إشعار القراءة',
  label: 'إشعار القراءة',
  outcomes: {
    read: (who) => `تم فتح رسالتك لدى ${own(who)}`,
    deleted: (who) => `حُذفت رسالتك دون فتحها لدى ${own(who)}`,
    refused: (who) => `لا يُعرف هل فُتحت رسالتك لدى ${own(who)}`,
    handled: (who) => `تمت معالجة رسالتك لدى ${own(who)}`,
  },
  subject: (subject) => `رسالتك: ${own(subject)}`,
  meaning: 'عُرضت على شاشة. أما قراءتها أو فهمها فلا يستطيع الإشعار تأكيده.',
  mail: {
    subject: (subject) => `قُرئت: ${subject || '(بلا موضوع)'}`,
    text: (who, subject) =>
      `عُرضت على شاشة رسالتك${subject ? ` «${subject}»` : ''} إلى ${who}.\n\nلا يعني ذلك أنها قُرئت أو فُهمت.\n`,
  },
}

export const reader: Reader = {
  message: 'الرسالة',
  actions: 'إجراءات الرسالة',
  body: 'نص الرسالة',
  bodyOf: (who, time) => `نص الرسالة، ${own(who)}، ${own(time)}`,
  back: 'العودة إلى القائمة',
  position: (index, total) => `${index} من ${total}`,
  noSubject: '(بلا موضوع)',
  noSender: '(بلا مرسل)',
  me: 'أنا',
  toLine: (names) => `إلى ${own(names)}`,
  toNobody: 'إلى مستلمين غير معلنين',
  andMore: (names, more) => `${own(names)} و${number(more)} آخرين`,
  showDetails: 'إظهار التفاصيل',
  hideDetails: 'إخفاء التفاصيل',
  fields: {
    from: 'من',
    sender: 'أرسلها',
    replyTo: 'الرد إلى',
    to: 'إلى',
    cc: 'نسخة',
    bcc: 'نسخة مخفية',
    date: 'التاريخ',
    size: 'الحجم',
    id: 'معرّف الرسالة',
    list: 'القائمة البريدية',
    receipt: 'يطلب إشعار قراءة',
    delivery: 'يطلب تقرير تسليم',
  },
  allOf: (count) => `عرض الكل (${count})`,
  starred: 'مميّزة بنجمة',
  answered: 'رددت على هذه الرسالة',
  forwarded: 'أعدت توجيه هذه الرسالة',
  blocked: (count, trackers) =>
    [
      many(count, {
        one: 'حُظرت صورة خارجية واحدة',
        two: 'حُظرت صورتان خارجيتان',
        few: 'حُظرت # صور خارجية',
        many: 'حُظرت # صورة خارجية',
        other: 'حُظرت # صورة خارجية',
      }),
      trackers.length > 0 ? `منها أدوات تتبّع من ${listed(trackers)}` : '',
    ]
      .filter(Boolean)
      .join('، '),
  blockedWhy: 'عرضها يُعلم المرسل بأنك قرأت الرسالة.',
  showImages: 'عرض الصور',
  imagesMore: 'المزيد حول الصور',
  alwaysFrom: (address) => `عرض صور ${own(address)} دائمًا`,
  alwaysContacts: 'عرض صور جهات الاتصال دائمًا',
  imageSettings: 'إعدادات الصور',
  attachments: 'المرفقات',
  attachmentCount: (count, size) =>
    `${many(count, { one: 'ملف واحد', two: 'ملفان', few: '# ملفات', many: '# ملفًا', other: '# ملف' })}، ${own(size)}`,
  reply: 'رد',
  replyAll: 'الرد على الكل',
  forward: 'إعادة توجيه',
  replyList: 'الرد على القائمة',
  listArchive: 'أرشيف القائمة',
  more: 'المزيد',
  editAsNew: 'تعديل كرسالة جديدة',
  print: 'طباعة',
  printed: 'الرسالة المراد طباعتها',
  lightPaper: 'عرض بألوان فاتحة',
  darkPaper: 'عرض بألوان داكنة',
  source: 'عرض المصدر',
  loading: 'جارٍ فتح الرسالة',
  empty: 'اختر رسالة لقراءتها هنا',
  emptyAdvice: 'أو اضغط j للانتقال إلى التالية.',
  failed: 'تعذّر فتح هذه الرسالة',
  bodyFailed: 'تعذّر تحميل نص هذه الرسالة.',
  bodyEmpty: 'لا نص في هذه الرسالة.',
  bodyIsSource: 'تعذّر فهم هذه الرسالة. يظهر أدناه ما تتكون منه.',
  bodyIsStart: 'هذه الرسالة طويلة جدًا. يُعرض الجزء الأول منها.',
  bodyIsPart: 'هذه الرسالة أكبر أو أعقد من أن تُعرض كاملة.',
  showAllOfIt: 'عرض الكل',
  downloadWhole: 'تنزيل الرسالة',
  retry: 'إعادة المحاولة',
  continueDraft: 'متابعة الكتابة',
  draftNote: 'لم تُرسل هذه الرسالة.',
  bounce,
  invitation,
  link,
  receipt,
  sender,
  trust,
  unsubscribe: {
    action: 'إلغاء الاشتراك',
    title: 'إلغاء الاشتراك في هذه القائمة؟',
    asks: (host) => `يُطلب من ${own(host)} ألا يرسل إليك مزيدًا من هذه الرسائل.`,
    close: 'إلغاء',
    done: 'تم إلغاء الاشتراك',
    failed: 'لم تقبل القائمة الطلب. قد تحتوي رسائلها على رابط لإلغاء الاشتراك.',
  },
  preview,
  showHistory: 'عرض الرسائل السابقة',
  look: {
    asText: 'عرض كنص عادي',
    asHtml: 'عرض بصيغة HTML',
    fixed: 'خط ثابت العرض',
    usual: 'الخط المعتاد',
  },
  protection: {
    kinds: { openpgp: 'OpenPGP', smime: 'S/MIME' },
    signed: (kind) => `موقّعة باستخدام ${own(kind)}. لا يُتحقق من التوقيع هنا.`,
    encrypted: (kind) => `مشفّرة باستخدام ${own(kind)}. لا يمكن قراءتها هنا بعد.`,
  },
  toSelection: (count) => `عدد الرسائل المحددة: ${count}`,
}
