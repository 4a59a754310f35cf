import type { Words } from '../en'
import { counting } from '../plural'

const { number } = counting('ja')

export const auth: Words['auth'] = {
  pageTitle: 'ログイン – Posthorn',
  heading: 'ログイン',
  server: (host) => `${host} のメール`,
  email: 'メールアドレス',
  password: 'パスワード',
  showPassword: 'パスワードを表示',
  hidePassword: 'パスワードを隠す',
  signIn: 'ログイン',
  demoHeading: 'デモアカウント',
  demoHint: 'これはデモです。アカウントを選んでご自由にお試しください。',
  signInAs: (name) => `${name} として続ける`,
  missing: { email: 'メールアドレスを入力してください。', password: 'パスワードを入力してください。' },
  capsLock: 'Caps Lock がオンになっています。',
}

export const errors: Words['errors'] = {
  'signed-out': {
    title: 'ログアウトしています',
    advice: '続けるにはもう一度ログインしてください。失われたものはありません。',
  },
  'wrong-password': {
    title: 'メールアドレスまたはパスワードが正しくありません',
    advice: '両方を確認して、もう一度お試しください。',
  },
  'too-many-tries': {
    title: '試行回数が多すぎます',
    advice: 'ログインを一時的に制限しています。1分ほど待ってから、もう一度お試しください。',
  },
  'bad-request': {
    title: '要求を処理できませんでした',
    advice: 'ページを再読み込みして、もう一度お試しください。',
  },
  'forged-request': {
    title: 'このページからの要求ではありません',
    advice: 'ページを再読み込みして、もう一度お試しください。',
  },
  'not-found': { title: '見つかりません', advice: '移動または削除された可能性があります。' },
  'message-gone': {
    title: 'このメールはもうここにありません',
    advice: '別のアプリなどで移動または削除されました。',
  },
  'mailbox-gone': { title: 'このフォルダはもうありません', advice: '名前が変更されたか、削除されました。' },
  'mailbox-changed': {
    title: 'サーバー上でこのフォルダが変更されました',
    advice: '読み込み直しています。もう一度お試しください。',
  },
  'folder-exists': { title: '同じ名前のフォルダがすでにあります', advice: '別の名前を選んでください。' },
  'folder-name': { title: 'この名前はフォルダに使えません', advice: '別の名前を選んでください。' },
  'not-allowed': {
    title: 'この操作は許可されていません',
    advice: 'このフォルダで何ができるかは、共有している人が決めています。何も変更していません。',
  },
  'label-exists': { title: '同じ名前のラベルがすでにあります', advice: '別の名前を選んでください。' },
  'label-name': {
    title: 'この名前はラベルに使えません',
    advice: 'メールサーバーには短い名前しか保存できません。文字数を減らすか、簡単な文字をお使いください。',
  },
  'labels-refused': {
    title: 'このフォルダにはこれ以上ラベルを追加できません',
    advice: '何も変更していません。既存のラベルは引き続き使えます。',
  },
  'too-large': { title: '大きすぎます', advice: 'サーバーが一度に受け付けられる量を超えています。' },
  'over-quota': {
    title: 'メールボックスがいっぱいです',
    advice: '不要なメールを削除するかゴミ箱を空にして、もう一度お試しください。',
  },
  'refused-by-server': { title: 'メールサーバーに拒否されました', advice: '何も変更していません。' },
  'server-unreachable': {
    title: 'メールサーバーに接続できません',
    advice: '停止中か再起動中の可能性があります。何も変更していません。しばらくしてからお試しください。',
  },
  'server-slow': {
    title: 'メールサーバーの応答に時間がかかっています',
    advice: '確認できる範囲では何も変更していません。しばらくしてからお試しください。',
  },
  'connection-lost': {
    title: '接続がありません',
    advice: 'ネットワークを確認してください。表示中の内容は保持され、接続が戻ると再開します。',
  },
  'no-expunge': {
    title: '削除の印を付けましたが、完全には消えていません',
    advice: 'このサーバーでは、ほかのメールを残したまま1通だけ消すことができません。',
  },
  'draft-changed': {
    title: 'この下書きは別の場所で変更されました',
    advice: '作成ウィンドウでどちらの版を使うか選んでください。両方とも残っています。',
  },
  'already-sent': { title: '送信済みです', advice: '取り消す前に送信されました。' },
  'recipients-refused': {
    title: '宛先がサーバーに拒否されました',
    advice: 'メールは保存されています。アドレスを直して、もう一度送信してください。',
  },
  'sender-refused': {
    title: 'このアドレスからの送信は許可されていません',
    advice: 'メールは保存されています。差出人を変更して、もう一度送信してください。',
  },
  'address-needs-utf8': {
    title: 'このメールサーバーは、@ の前に英字以外の文字を含むアドレスに送信できません',
    advice: '別のアドレスを確認するか、このアドレスを外してください。',
  },
  'submission-refused': {
    title: '送信できません: サーバーがメールを拒否しました',
    advice: 'メールは下書きに保存されています。',
  },
  'submission-unreachable': {
    title: '未送信: 送信サーバーに接続できません',
    advice: 'メールは保存されており、自動的に再試行します。',
  },
  'password-refused': {
    title: '新しいパスワードは受け付けられませんでした',
    advice: '別のパスワードを選んでください。今のパスワードは引き続き有効です。',
  },
  'password-unsure': {
    title: 'パスワードが変更されたかどうか確認できませんでした',
    advice:
      '新しいパスワードでサインインしてみてください。できない場合は、今までのパスワードが有効です。ほかは何も変更されていません。',
  },
  'no-room': {
    title: 'ウェブサーバーの空き容量がありません',
    advice:
      '何も変更されておらず、保存済みのものは失われていません。管理者に知らせてください。書いた内容はこのブラウザーに残ります。',
  },
  'server-untrusted': {
    title: 'メールサーバーを信頼できません',
    advice:
      '証明書の期限が切れているか、別のものです。パスワードは送信していません。管理者による更新が必要です。何も変更されていません。',
  },
  'too-busy': { title: 'サーバーが混み合っています', advice: 'しばらくしてからお試しください。' },
  'too-many-requests': {
    title: '一度に行える回数を超えました',
    advice: '1 分ほど待ってから、もう一度お試しください。何も失われていません。',
  },
  internal: {
    title: 'Posthorn の不具合のため実行できませんでした',
    advice: '何も変更していません。詳しくはサーバーのログをご覧ください。',
  },
}

export const shell: Words['shell'] = {
  product: 'Posthorn',
  title: (place, unread) => (unread > 0 ? `(${number(unread)}) ${place} – Posthorn` : `${place} – Posthorn`),
  skipToMessages: 'メール一覧へ移動',
  mailboxes: 'メールボックス',
  folders: 'フォルダ',
  roles: {
    inbox: '受信トレイ',
    starred: 'スター付き',
    drafts: '下書き',
    sent: '送信済み',
    archive: 'アーカイブ',
    junk: '迷惑メール',
    trash: 'ゴミ箱',
  },
  unread: (count) => `未読 ${number(count)} 件`,
  newMessage: 'メールを作成',
  openMailboxes: 'メールボックスを表示',
  closeMailboxes: 'メールボックスを隠す',
  expand: (folder) => `${folder} の中のフォルダを表示`,
  collapse: (folder) => `${folder} の中のフォルダを隠す`,
  account: (address) => `アカウント ${address}`,
  contacts: '連絡先',
  outbox: '送信トレイ',
  settings: '設定',
  signOut: 'ログアウト',
  signOutAnyway: 'それでもログアウト',
  signOutUnsaved: '作成した内容の一部はこのブラウザにしかありません。ログアウトすると消去されます。',
  theme: 'テーマ',
  themes: { system: 'システムに合わせる', light: 'ライト', dark: 'ダーク' },
  notifications: '通知',
  newMail: (count) => `新着メール ${number(count)} 通`,
  undo: '元に戻す',
  undone: '元に戻しました',
  nothingToUndo: '元に戻す操作はありません',
  retry: '再試行',
  close: '閉じる',
  cancel: 'キャンセル',
  resize: 'メール一覧の幅を変更',
  search: 'メールを検索',
  searchHint: 'メール、フォルダ、操作を検索',
  searchFor: (text) => `「${text}」をメールで検索`,
  searchMail: 'メール',
  searchClear: '検索をクリア',
  searchOptions: '検索オプション',
  savedSearches: '保存した検索',
  editSaved: (name) => `${name} を編集`,
  searchFolders: 'フォルダ',
  searchCommands: '操作',
  offline: '接続がありません。表示中の内容は保持され、接続が戻ると自動的に再開します。',
  mailServerOffline: 'メールサーバーに接続できません。再接続しています…',
  signedOut: 'ログアウトしています。',
  signIn: 'ログイン',
  help: 'キーボード ショートカット',
  helpGroups: {
    move: '移動',
    act: 'メールの操作',
    select: '選択',
    write: '作成',
    go: '表示の切り替え',
    app: 'Posthorn',
  },
  helpOff: '1文字のショートカットは設定でオフになっています。',
  notFoundTitle: 'このアドレスには何もありません',
  notFoundAdvice: 'リンクが古いか、メールが移動された可能性があります。',
  toInbox: '受信トレイへ',
}

export const settings: Words['settings'] = {
  title: '設定',
  pages: {
    appearance: '表示',
    writing: '作成',
    identities: '差出人',
    templates: 'テンプレート',
    folders: 'フォルダ',
    labels: 'ラベル',
    notifications: '通知',
    privacy: 'プライバシー',
    account: 'アカウント',
  },
  back: 'メールに戻る',
  saved: '保存しました',
  language: '言語',
  languageHint: '選択しない場合はブラウザの言語です。変更するとページを再読み込みします。',
  languageSystem: 'ブラウザに合わせる',
  theme: 'テーマ',
  themeHint: '選択しない場合はシステムの設定に合わせます。',
  themes: { system: 'システムに合わせる', light: 'ライト', dark: 'ダーク' },
  density: 'メール一覧',
  densityHint: '一覧に表示する情報の量です。',
  densities: { comfortable: 'ゆったり', cosy: '標準', compact: 'コンパクト' },
  densityDetail: { comfortable: '3行', cosy: '2行', compact: '1行' },
  layout: '閲覧ウィンドウ',
  layoutHint: '広い画面でメールを開く場所です。',
  layouts: { right: '一覧の横', below: '一覧の下', off: '一覧と切り替え' },
  afterwards: 'アーカイブ、削除、移動のあと',
  afterwardsHint: '開いているメールが一覧からなくなったときに開くものです。',
  afterwardsOf: { next: '次のメール', previous: '前のメール', list: '一覧' },
  swipes: { swipeLeft: '左へスワイプ', swipeRight: '右へスワイプ' },
  swipeHint: '一覧のメールを指で横に動かしたときの操作です。',
  swipeActions: {
    archive: 'アーカイブ',
    delete: '削除',
    junk: '迷惑メール',
    read: '既読/未読',
    star: 'スター',
    none: '何もしない',
  },
  shortcuts: '1文字のショートカット',
  shortcutsHint: 'メール画面で ? を押すと一覧が表示されます。',
  folders: {
    hint: 'オフにしたフォルダはサーバーに残り、メール横の一覧に表示されなくなるだけです。',
    special: '特別なフォルダ',
    show: (folder) => `${folder} を表示`,
    counts: (total, unread) => `${number(total)} 通${unread > 0 ? `、未読 ${number(unread)} 通` : ''}`,
  },
  labels: {
    hint: '1つのラベルを多くのメールに付けられ、1通のメールにいくつでも付けられます。ほかのメールソフトからも見えます。',
    usual: '多くのメールソフトで使われるラベル（未使用）',
    stored: (keyword) => `保存名: ${keyword}`,
    change: '編集',
  },
  notifications: {
    desktop: 'デスクトップ通知',
    desktopHints: {
      default: 'ほかの画面を見ているときに新着メールを知らせます。ブラウザから許可を求められます。',
      granted: 'ほかの画面を見ているときに新着メールを知らせます。クリックするとメールが開きます。',
      denied:
        'このブラウザでは Posthorn の通知がブロックされています。先にブラウザの設定でこのページの通知を許可してください。',
      missing: 'このブラウザでは、https のページでのみ通知を表示できます。',
    },
    sound: '通知音',
    soundHint: 'Posthorn を開いている間、新着メールを短い音で知らせます。',
    always: '受信トレイの未読件数は、常にタブのタイトルに表示されます。',
  },
  privacy: {
    images: '外部画像',
    imagesHint:
      '画像を読み込むと、いつ読んだかが差出人に伝わることがあります。画像は必ずこのサーバーを経由して読み込みます。',
    imagePolicies: { ask: '毎回確認', contacts: '連絡先の画像を表示', always: '常に表示' },
    allowed: '画像を表示する差出人',
    allowedHint: '画像を常に表示する差出人です。迷惑メールでは表示しません。',
    blocked: 'ブロックした差出人',
    blockedHint:
      '新着メールは、Posthorn を開いている間と次に開いたときに、受信トレイから迷惑メールへ移動します。',
    nobody: { images: 'まだありません。', blocked: 'ブロックした差出人はいません。' },
    drop: { images: '削除', blocked: 'ブロックを解除' },
    receipts: '開封確認',
    receiptsHint:
      '差出人が開封確認を求めたときの動作です。確認が差出人以外に送られる場合は、常に確認します。',
    receiptPolicies: {
      ask: '毎回確認',
      never: '送信しない',
      contacts: '連絡先にのみ送信',
      always: '常に送信',
    },
  },
}
