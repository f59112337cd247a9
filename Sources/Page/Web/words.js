// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that the page says by itself, in English and in Chinese.

const words = {
  skip: ['Skip to the question', '跳到提问框'],
  menu: ['Conversations and voice', '对话与声音'],
  close: ['Close', '关闭'],
  mute: ['Mute', '静音'],
  sessions: ['Conversations', '对话'],
  newSession: ['New', '新建'],
  freshSession: ['New conversation', '新对话'],
  defaultSession: ['Everyday conversation', '日常对话'],
  searchSessions: ['Find a conversation', '查找对话'],
  forget: ['Delete “{0}”', '删除“{0}”'],
  forgetSure: ['Delete?', '删除？'],
  forgetAgain: ['Press again to delete “{0}”', '再按一次，删除“{0}”'],
  rename: ['Rename “{0}”', '重命名“{0}”'],
  newName: ['New name for “{0}”', '“{0}”的新名称'],
  keptFor: ['Kept for {0} after the last question.', '在最后一次提问后保留{0}。'],
  voiceTitle: ['Sound', '声音'],
  answers: ['Answers', '回答'],
  persona: ['Persona', '角色'],
  assistantPersona: ['Assistant', '助手'],
  sciencePersona: ['Science', '科学'],
  storyPersona: ['Story', '故事'],
  model: ['Model', '模型'],
  demoModel: ['Built-in demo', '内置演示'],
  voice: ['Voice', '音色'],
  yourVoices: ['Yours', '常用'],
  allVoices: ['All languages', '所有语言'],
  autoVoice: ['Automatic, one for each language', '自动，按语言选择'],
  autoVoiceShort: ['automatic', '自动'],
  rate: ['Speed', '语速'],
  rateValue: ['{0} words/min', '每分钟 {0} 词'],
  volume: ['Volume', '音量'],
  volumeValue: ['{0} %', '{0}%'],
  asConfigured: ['As configured', '按配置'],
  asConfiguredIs: ['As configured: {0}', '按配置：{0}'],
  resetTo: ['{0}: as configured', '{0}：按配置'],
  language: ['Language of this page', '页面语言'],
  programs: ['For programs: the API', '供程序使用的 API'],
  logout: ['Log out', '退出登录'],
  conversation: ['Conversation', '对话'],
  older: ['Earlier questions are no longer shown.', '更早的问题不再显示。'],
  latest: ['Latest ↓', '最新 ↓'],
  emptyLead: ['What shall I talk about?', '想听我讲些什么？'],
  emptyMore: ['The answer is spoken by the device, and shown here word by word.', '回答由设备朗读，并在这里逐词显示。'],
  firstSound: ['First sound', '首次发声'],
  queued: ['Ahead', '待播'],
  prompt: ['Your question', '你的问题'],
  promptHint: ['Ask something', '问点什么'],
  microphone: ['Dictate', '语音输入'],
  dictating: [
    'Listening. Your browser turns speech into text; it may send the sound to its maker.',
    '正在聆听。语音由浏览器转成文字，声音可能会发送给浏览器厂商。',
  ],
  dictatingHere: ['Listening. The sound stays on this machine.', '正在聆听。声音不会离开本机。'],
  notAllowed: ['This browser may not use the microphone.', '浏览器没有使用麦克风的权限。'],
  notHeard: ['Nothing was understood.', '没有听清。'],
  noRecognition: ['This browser can’t recognise speech now.', '浏览器现在无法识别语音。'],
  pause: ['Pause', '暂停'],
  resume: ['Go on', '继续'],
  stop: ['Stop', '停止'],
  send: ['Send', '发送'],
  keys: ['Enter sends, Shift+Enter starts a new line, Esc stops.', 'Enter 发送，Shift+Enter 换行，Esc 停止。'],
  written: ['Written', '生成'],
  voiced: ['Voiced', '合成'],
  heard: ['Heard', '播放'],
  timeline: ['Pieces of the answer over time', '回答各部分的时间线'],
  timelineNow: ['{0} written, {1} voiced, {2} heard', '已生成 {0} 段，已合成 {1} 段，已播放 {2} 段'],
  idle: ['Quiet', '安静'],
  sending: ['Sending', '正在发送'],
  queuedState: ['Waiting for its turn', '正在排队'],
  waiting: ['Waiting for the model', '等待模型'],
  thinking: ['Thinking', '正在思考'],
  writing: ['Writing', '正在生成'],
  speaking: ['Speaking', '正在朗读'],
  paused: ['Paused', '已暂停'],
  finished: ['Finished', '已完成'],
  stopped: ['Stopped', '已停止'],
  failed: ['Failed', '失败'],
  lost: ['What became of it is not known: the connection was lost meanwhile.', '连接曾中断，不知道它的结果。'],
  announcement: ['Announcement', '播报'],
  listeningSound: ['♪ Listening', '♪ 正在聆听'],
  thinkingSound: ['♪ Thinking', '♪ 正在思考'],
  failureSound: ['♪ Failure', '♪ 失败'],
  announcementSound: ['♪ Chime', '♪ 提示音'],
  from: ['In “{0}”', '来自“{0}”'],
  partial: ['The beginning was said before this page was open.', '开头部分在打开本页之前已经说过。'],
  hole: ['A part of it is not shown: the connection was lost meanwhile.', '有一部分没有显示：连接曾中断。'],
  figures: ['first sound after {0}', '{0}后首次发声'],
  sound: ['{0} of sound', '语音共 {0}'],
  tokens: ['{0} tokens/s', '每秒 {0} 个词元'],
  show: ['Timeline', '时间线'],
  copy: ['Copy', '复制'],
  copied: ['Copied', '已复制'],
  sayAgain: ['Say again', '再读一遍'],
  edit: ['Change the question', '修改问题'],
  demoAnswers: ['The built-in demo answers. Install Ollama for real answers.', '目前由内置演示回答。安装 Ollama 后可获得真正的回答。'],
  notSent: ['It could not be sent. {0}', '未能发送。{0}'],
  again: ['Try again', '重试'],
  lostConnection: ['Connection lost, trying again…', '连接已断开，正在重试…'],
  unreachable: ['The device can’t be reached.', '无法连接设备。'],
  refused: ['The device refused this ({0}).', '设备拒绝了请求（{0}）。'],
  loginTitle: ['This device asks for its token', '此设备需要令牌'],
  loginMore: ['It is what the daemon was given as UTTER_SERVER_TOKEN.', '即启动守护进程时设置的 UTTER_SERVER_TOKEN。'],
  token: ['Token', '令牌'],
  login: ['Log in', '登录'],
  loginWrong: ['That is not the token.', '令牌不对。'],
  seconds: ['{0} s', '{0} 秒'],
  milliseconds: ['{0} ms', '{0} 毫秒'],
};

/** What is remembered in this browser; it may forbid that. */
export const kept = {
  get: (name) => { try { return localStorage.getItem(`utter.${name}`); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(`utter.${name}`, value); } catch { /* Then not. */ } },
};

const preferred = navigator.languages.find((name) => /^(en|zh)\b/i.test(name)) ?? 'en';
const first = kept.get('language') ?? preferred.slice(0, 2).toLowerCase();

/** The page's language: `en` or `zh`. */
export let language = first === 'zh' ? 'zh' : 'en';

export function speak(name) {
  language = name;
  kept.set('language', name);
}

/** As HTML names it. */
export const pageLanguage = () => language === 'zh' ? 'zh-CN' : 'en';

/** The one of an English and a Chinese text that the page speaks. */
export const spoken = ([english, chinese]) => language === 'zh' ? chinese : english;

/** A text by its key, with `values` in their places. */
export function t(key, ...values) {
  const text = spoken(words[key]);
  return values.length ? text.replace(/\{(\d)\}/g, (_, index) => values[index]) : text;
}

export const isKey = (key) => Object.hasOwn(words, key);

export const time = (milliseconds) => milliseconds < 995
  ? t('milliseconds', Math.round(milliseconds))
  : t('seconds', (milliseconds / 1000).toFixed(1));

/** A stretch of minutes in words: an hour, three days. */
export function stretch(minutes) {
  const [value, unit] = minutes % 1440 === 0 ? [minutes / 1440, 'day']
    : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return new Intl.NumberFormat(pageLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** The language of a text that is not the page's own, for fonts and screen readers; empty where it is not obvious. */
export function languageOf(text) {
  if (!/\p{Script=Han}/u.test(text)) return '';
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : 'zh-CN';
}
