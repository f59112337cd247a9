// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page at /: asks, and shows what the device does. Everything that happens is read from one stream of events, also
// what this page itself has asked for; so it does not matter who asked, and a lost connection asks nothing twice.
// What a model wrote reaches the document as text nodes only.

// MARK: Words

/** Everything that the page says, in English and in Chinese. */
const words = {
  skip: ['Skip to the question', '跳到提问框'],
  menu: ['Conversations and voice', '对话与声音'],
  close: ['Close', '关闭'],
  mute: ['Mute', '静音'],
  sessions: ['Conversations', '对话'],
  newSession: ['New', '新建'],
  freshSession: ['New conversation', '新对话'],
  defaultSession: ['Default', '默认'],
  forget: ['Forget “{0}”', '忘记“{0}”'],
  forgetSure: ['Forget?', '忘记？'],
  forgetAgain: ['Press again to forget “{0}”', '再按一次，忘记“{0}”'],
  voiceTitle: ['Voice', '声音'],
  persona: ['Persona', '角色'],
  voice: ['Voice', '嗓音'],
  autoVoice: ['One for each language', '按语言自动选择'],
  rate: ['Speed', '语速'],
  rateValue: ['{0} words/min', '每分钟 {0} 词'],
  volume: ['Volume', '音量'],
  volumeValue: ['{0} %', '{0}%'],
  asConfigured: ['As configured', '按配置'],
  resetTo: ['{0}: as configured', '{0}：按配置'],
  language: ['Language of this page', '页面语言'],
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
  pause: ['Pause', '暂停'],
  resume: ['Go on', '继续'],
  stop: ['Stop the voice', '停止朗读'],
  send: ['Send', '发送'],
  keys: ['Enter sends, Shift+Enter starts a new line, Esc stops the voice.', 'Enter 发送，Shift+Enter 换行，Esc 停止朗读。'],
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
  from: ['In “{0}”', '来自“{0}”'],
  partial: ['The beginning was said before this page was open.', '开头部分在打开本页之前已经说过。'],
  hole: ['A part of it is not shown: the connection was lost meanwhile.', '有一部分没有显示：连接曾中断。'],
  figures: ['first sound after {0}', '{0}后首次发声'],
  sound: ['{0} of sound', '语音共 {0}'],
  tokens: ['{0} tokens/s', '每秒 {0} 个词元'],
  show: ['Timeline', '时间线'],
  notSent: ['It could not be sent. {0}', '未能发送。{0}'],
  again: ['Try again', '重试'],
  lostConnection: ['Connection lost, trying again…', '连接已断开，正在重试…'],
  starting: ['The device is getting ready…', '设备正在准备…'],
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

/** Questions to begin with. */
const ideas = [
  ['Why is the sky blue?', '天空为什么是蓝色的？'],
  ['Tell me a story about a lighthouse.', '讲一个灯塔的故事。'],
  ['What is a black hole?', '黑洞是什么？'],
];

/** What is remembered in this browser; it may forbid that. */
const kept = {
  get: (name) => { try { return localStorage.getItem(`utter.${name}`); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(`utter.${name}`, value); } catch { /* Then not. */ } },
};

const preferred = navigator.languages.find((name) => /^(en|zh)\b/i.test(name)) ?? 'en';
let language = kept.get('language') ?? preferred.slice(0, 2).toLowerCase();
if (language !== 'zh') language = 'en';

/** The one of an English and a Chinese text that this page speaks. */
const spoken = ([english, chinese]) => language === 'zh' ? chinese : english;

const t = (key, ...values) => {
  const text = spoken(words[key]);
  return values.length ? text.replace(/\{(\d)\}/g, (_, index) => values[index]) : text;
};

const time = (milliseconds) => milliseconds < 995
  ? t('milliseconds', Math.round(milliseconds))
  : t('seconds', (milliseconds / 1000).toFixed(1));

// MARK: The document

const $ = (id) => document.getElementById(id);

/** Makes an element; `children` that are strings become text. */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** As HTML names it. */
const pageLanguage = () => language === 'zh' ? 'zh-CN' : 'en';

/** The language of a text that is not the page's own, for fonts and screen readers; empty where it is not obvious. */
function languageOf(text) {
  if (!/\p{Script=Han}/u.test(text)) return '';
  return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : 'zh-CN';
}

/** Changes a text node as little as possible, so that a selection in it lasts. */
function setText(node, text) {
  if (node.data === text) return;
  if (text.startsWith(node.data)) node.appendData(text.slice(node.data.length));
  else node.data = text;
}

function translatePage() {
  document.documentElement.lang = pageLanguage();
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) label(element);
  for (const element of document.querySelectorAll('[data-placeholder]')) {
    element.placeholder = t(element.dataset.placeholder);
  }
}

/** Names an element by its `data-label`. */
function label(element) {
  const text = t(element.dataset.label);
  if (element.ariaLabel === text) return;
  element.ariaLabel = text;
  if (element.tagName === 'BUTTON') element.title = text;
}

/** Has `paint` called once in the next frame, however often it is asked for; `views` are what is to be painted. */
const frame = {
  views: new Set(),
  isAsked: false,
  ask(view) {
    if (view) frame.views.add(view);
    if (frame.isAsked) return;
    frame.isAsked = true;
    requestAnimationFrame(() => {
      frame.isAsked = false;
      paint();
    });
  },
};

// MARK: An answer

/** Text that grows, in which the daemon's places, in bytes of UTF-8, are found as places in a JavaScript string. */
class GrowingText {
  text = '';
  // The place that was found last: most of the time the next one is a little behind it.
  #bytes = 0;
  #units = 0;

  append(more) {
    this.text += more;
  }

  index(bytes) {
    if (bytes < this.#bytes) this.#bytes = this.#units = 0;
    while (this.#bytes < bytes && this.#units < this.text.length) {
      const point = this.text.codePointAt(this.#units);
      this.#bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      this.#units += point < 0x10000 ? 1 : 2;
    }
    return this.#units;
  }
}

/** What has happened to an answer. Times are in ms since its request, as the daemon counts. */
class Answer {
  /** One of the keys of `words`. */
  phase = 'sending';
  isPaused = false;
  /** Which events of it are not known, a key of `words`; the places of words are not known then either. */
  missing = null;
  fault = null;
  notices = [];
  /** The short sound that was heard, by its signal. */
  earcon = null;
  summary = null;
  content = new GrowingText();
  /** The word that is heard, and the end of what is not to be said, as places in the text. */
  word = [0, 0];
  discarded = 0;
  pieces = [];
  firstText = null;
  lastText = null;
  firstSound = null;
  /** When it ended. */
  end = null;
  #sequence = -1;
  #pausedAt = null;
  /** The browser's time at which the daemon's was 0; events come late, but never early. */
  #origin = Infinity;

  get wasSent() { return this.id !== null; }

  constructor({ id = null, session = null, prompt = '' }) {
    Object.assign(this, { id, session, prompt });
  }

  static told({ question, answer, interrupted }, session) {
    const told = new Answer({ session, prompt: question });
    told.content.append(answer);
    told.phase = interrupted ? 'stopped' : 'finished';
    return told;
  }

  get text() { return this.content.text; }
  get hasEnded() { return ['finished', 'stopped', 'failed', 'lost'].includes(this.phase); }
  get now() { return performance.now() - this.#origin; }

  /** Sound that was made and not yet heard, in ms. */
  get ahead() {
    if (this.hasEnded) return 0;
    const now = this.#pausedAt ?? this.now;
    return this.pieces.reduce((sum, piece) => {
      if (piece.duration === undefined || piece.heard !== undefined) return sum;
      const played = piece.sounds === undefined ? 0 : now - piece.sounds;
      return sum + Math.max(0, piece.duration - Math.max(0, played));
    }, 0);
  }

  apply(event) {
    if (event.seq <= this.#sequence) return;
    if (event.seq > this.#sequence + 1) this.missing = this.#sequence < 0 ? 'partial' : 'hole';
    this.#sequence = event.seq;
    this.#origin = Math.min(this.#origin, performance.now() - event.ms);
    const piece = this.pieces[event.index];
    switch (event.event) {
      case 'accepted':
        if (this.phase === 'sending') this.phase = 'waiting';
        break;
      case 'thinking':
        this.phase = 'thinking';
        break;
      case 'first_text':
        this.firstText = event.ms;
        break;
      case 'text':
        this.content.append(event.text);
        this.firstText ??= event.ms;
        this.lastText = event.ms;
        if (this.phase !== 'speaking') this.phase = 'writing';
        break;
      case 'piece': {
        const before = this.pieces.findLast((each) => each !== undefined)?.cut ?? this.firstText ?? event.ms;
        this.pieces[event.index] = { from: Math.min(before, event.ms), cut: event.ms };
        break;
      }
      case 'synthesized':
        if (piece) Object.assign(piece, { made: event.ms, duration: event.duration_ms });
        break;
      case 'sound_start':
        this.phase = 'speaking';
        this.firstSound ??= event.ms;
        if (piece) Object.assign(piece, { sounds: event.ms, heard: undefined });
        break;
      case 'word':
        if (!this.missing) this.word = [this.content.index(event.start), this.content.index(event.end)];
        break;
      case 'heard':
        if (piece) piece.heard = event.ms;
        break;
      case 'discard':
        this.discarded = this.text.length;
        this.word = [this.discarded, this.discarded];
        break;
      case 'paused':
        this.isPaused = true;
        this.#pausedAt = event.ms;
        break;
      case 'resumed': {
        const pause = event.ms - (this.#pausedAt ?? event.ms);
        for (const each of this.pieces) {
          if (each?.sounds !== undefined && each.heard === undefined) each.sounds += pause;
        }
        this.isPaused = false;
        this.#pausedAt = null;
        break;
      }
      case 'signal':
        // What is said in words is on the screen in other ones.
        if (!event.spoken) this.earcon = event.signal;
        break;
      case 'notice':
        this.notices.push(event.message);
        break;
      case 'failed':
        this.fault = event.message;
        // falls through
      case 'finished':
      case 'stopped':
        this.phase = event.event;
        this.isPaused = false;
        this.end = event.ms;
        this.summary = event;
        this.firstSound = event.first_sound_ms ?? this.firstSound;
        break;
    }
  }

  /** The text in its parts: not to be said, heard, sounding, not yet heard (or, when it was stopped, never). */
  get parts() {
    const { text, discarded } = this;
    let [start, end] = this.word;
    if (this.phase === 'stopped' && this.summary && !this.summary.silent && !this.missing) {
      start = end = this.content.index(this.summary.heard_end);
    } else if (this.hasEnded) {
      start = end = text.length;
    }
    // A model often begins with a line break.
    const begin = discarded + Math.max(0, text.slice(discarded).search(/\S/));
    [start, end] = [Math.max(begin, start), Math.max(begin, end)];
    return [text.slice(0, discarded), text.slice(begin, start), text.slice(start, end), text.slice(end)];
  }

  /** What is known of its times when it has ended. */
  get figures() {
    const summary = this.summary;
    if (!summary) return [];
    return [
      this.firstSound != null && t('figures', time(this.firstSound)),
      this.phase === 'finished' && summary.sound_ms > 0 && t('sound', time(summary.sound_ms)),
      summary.tokens_per_second && t('tokens', Math.round(summary.tokens_per_second)),
    ].filter(Boolean);
  }
}

/** A question and its answer in the document. */
class Turn {
  #parts = ['discarded', 'said', 'now', 'rest'].map((name) => [make('span', { className: name }), new Text()]);
  #tag = make('p', { className: 'tag' });
  // A heading: by them a screen reader goes from question to question.
  #asked = make('h2', { className: 'asked', dir: 'auto' });
  #text = make('div', { className: 'text', dir: 'auto' });
  #doing = make('div', { className: 'doing' });
  #shown = '';
  #length = 0;
  element = make('li', { className: 'turn' });

  constructor(answer) {
    this.answer = answer;
    for (const [span, node] of this.#parts) {
      span.append(node);
      this.#text.append(span);
    }
    this.element.append(this.#tag, this.#asked, this.#text, this.#doing);
  }

  paint() {
    const { answer } = this;
    setLabel(this.#asked, answer.prompt, languageOf(answer.prompt));
    this.#asked.hidden = !answer.prompt || answer.session === null;
    const tag = answer.session === null ? t('announcement')
      : answer.session !== app.session ? t('from', sessionTitle(answer.session)) : '';
    setLabel(this.#tag, tag);
    this.#tag.hidden = !tag;
    const parts = answer.parts;
    this.#parts.forEach(([, node], index) => setText(node, parts[index]));
    this.#text.hidden = !answer.text;
    if (answer.text.length !== this.#length) this.#text.lang = languageOf(answer.text);
    this.#length = answer.text.length;
    const list = this.element.classList;
    list.toggle('sounding', answer.phase === 'speaking' && !answer.missing);
    list.toggle('cut', answer.phase === 'stopped');
    this.element.dataset.phase = answer.isPaused ? 'paused' : answer.phase;
    this.#paintDoing();
  }

  #paintDoing() {
    const { answer } = this;
    const { phase, isPaused, fault, notices, missing } = answer;
    const earcon = answer.text === '' ? answer.earcon : null;
    const wanted = JSON.stringify([language, phase, isPaused, fault, notices, missing, earcon, answer.figures]);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const items = [];
    const busy = { sending: 'sending', queued: 'queuedState', waiting: 'waiting', thinking: 'thinking' }[phase];
    if (isPaused) items.push(make('span', {}, t('paused')));
    else if (busy) items.push(make('span', { className: 'dots' }, t(busy)));
    else if (phase === 'stopped' || phase === 'lost') items.push(make('span', {}, t(phase)));
    // What the daemon says of it is English.
    if (fault) items.push(make('span', { className: 'fault', lang: answer.wasSent ? 'en' : '' }, fault));
    if (phase === 'failed' && answer.session !== null) {
      items.push(make('button', { type: 'button', className: 'small', onclick: () => askAgain(this) }, t('again')));
    }
    for (const figure of answer.figures) items.push(make('span', {}, figure));
    if (answer.pieces.length && answer.hasEnded) {
      const show = () => {
        app.shown = answer;
        $('picture').open = true;
        frame.ask();
      };
      items.push(make('button', { type: 'button', className: 'link', onclick: show }, t('show')));
    }
    if (earcon) items.push(make('span', {}, t(`${earcon}Sound`)));
    if (missing) items.push(make('span', { className: 'note' }, t(missing)));
    for (const notice of notices) items.push(make('span', { className: 'note', lang: 'en' }, notice));
    this.#doing.replaceChildren(...items);
  }
}

// MARK: The picture of the pipeline

/** Draws when each piece was written, voiced and heard, one row for each. */
class Picture {
  #canvas = $('timeline');
  #colors = {};

  constructor() {
    const readColors = () => {
      const style = getComputedStyle(document.documentElement);
      for (const name of ['written', 'on-written', 'voiced', 'heard', 'on-heard', 'line', 'soft', 'faint', 'ink']) {
        this.#colors[name] = style.getPropertyValue(`--${name}`).trim();
      }
      this.#colors.font = getComputedStyle(document.body).fontFamily;
      frame.ask();
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', readColors);
    new ResizeObserver(() => frame.ask()).observe(this.#canvas);
    readColors();
  }

  draw(answer) {
    const [width, height] = [this.#canvas.clientWidth, this.#canvas.clientHeight];
    if (!width || !height) return;
    const scale = devicePixelRatio || 1;
    if (this.#canvas.width !== Math.round(width * scale) || this.#canvas.height !== Math.round(height * scale)) {
      this.#canvas.width = Math.round(width * scale);
      this.#canvas.height = Math.round(height * scale);
    }
    const context = this.#canvas.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const left = 62;
    const rows = (height - 18) / 3;
    const layout = { context, left, width: width - left - 4, height, rows, ...this.#span(answer, width) };
    this.#drawRows(layout);
    this.#drawPieces(layout, answer);
    const pieces = answer.pieces.filter(Boolean);
    const count = (key) => pieces.filter((piece) => piece[key] !== undefined).length;
    const counts = t('timelineNow', pieces.length, count('made'), count('heard'));
    const label = `${t('timeline')}: ${counts}`;
    if (this.#canvas.ariaLabel !== label) this.#canvas.ariaLabel = label;
  }

  /** The stretch of time that is shown. */
  #span(answer, width) {
    const least = 8000;
    const most = width < 500 ? 16000 : 30000;
    const ends = answer.pieces.flatMap((piece) => piece ? [piece.made ?? 0, piece.heard ?? 0] : []);
    if (answer.hasEnded) return { from: 0, to: Math.max(least / 4, answer.end ?? 0, ...ends) * 1.02 };
    const to = Math.max(least, answer.now + answer.ahead + 500);
    return { from: Math.max(0, to - most), to };
  }

  #drawRows({ context, left, width, rows, from, to }) {
    const names = ['written', 'voiced', 'heard'];
    context.font = `12px ${this.#colors.font}`;
    context.textBaseline = 'middle';
    context.lineWidth = 1;
    names.forEach((name, row) => {
      context.fillStyle = this.#colors.soft;
      context.textAlign = 'left';
      context.fillText(t(name), 0, row * rows + rows / 2);
    });
    context.strokeStyle = this.#colors.line;
    context.fillStyle = this.#colors.faint;
    context.textAlign = 'center';
    context.font = `11px ${this.#colors.font}`;
    const wanted = (to - from) / Math.max(2, width / 90);
    const step = [500, 1000, 2000, 5000, 10000, 30000, 60000, 300000].find((each) => each >= wanted) ?? 600000;
    for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) {
      const x = Math.round(left + (tick - from) / (to - from) * width) + 0.5;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, rows * 3 + 2);
      context.stroke();
      if (x < left + width - 12) context.fillText(t('seconds', tick / 1000), x, rows * 3 + 11);
    }
  }

  #drawPieces({ context, left, width, rows, from, to }, answer) {
    const now = answer.hasEnded ? answer.end ?? to : answer.now;
    const x = (moment) => left + Math.max(0, (moment - from) / (to - from)) * width;
    const bar = (row, start, end, name, opacity, label) => {
      if (end < from || start > to || !(end >= start)) return;
      const [begin, size] = [x(start), Math.max(3, x(Math.min(end, to)) - x(start) - 1.5)];
      context.globalAlpha = opacity;
      context.fillStyle = this.#colors[name];
      context.beginPath();
      context.roundRect(begin, row * rows + 3, size, rows - 6, Math.min(4, size / 2));
      context.fill();
      if (label && size > 18) {
        context.globalAlpha = 1;
        context.fillStyle = this.#colors[opacity < 1 ? 'soft' : `on-${name}`];
        context.fillText(label, begin + size / 2, row * rows + rows / 2 + 0.5);
      }
      context.globalAlpha = 1;
    };
    context.save();
    context.beginPath();
    context.rect(left - 1, 0, width + 4, rows * 3 + 2);
    context.clip();
    context.font = `600 11px ${this.#colors.font}`;
    bar(0, 0, Math.min(answer.firstText ?? now, now), 'written', 0.25);
    let planned = now;
    let cut = answer.firstText ?? 0;
    let free = 0;
    answer.pieces.forEach((piece, index) => {
      if (!piece) return;
      const label = String(index + 1);
      cut = piece.cut;
      bar(0, piece.from, piece.cut, 'written', 1, label);
      // One piece at a time is voiced, and each waits until not much sound is left.
      const wait = Math.max(free, piece.cut);
      if (piece.made !== undefined) {
        bar(1, wait, piece.made, 'voiced', 0.3, label);
        bar(1, piece.made - 1, piece.made, 'voiced', 1);
      } else if (free < Infinity) {
        bar(1, wait, Math.min(now, to), 'voiced', 0.15, label);
      }
      free = piece.made ?? Infinity;
      if (piece.heard !== undefined) {
        bar(2, piece.sounds, piece.heard, 'heard', 1, label);
      } else if (piece.sounds !== undefined) {
        const end = piece.sounds + (piece.duration ?? 0);
        if (!answer.hasEnded) bar(2, piece.sounds, Math.max(end, now), 'heard', 0.28);
        bar(2, piece.sounds, Math.min(now, to), 'heard', 1, label);
        planned = Math.max(now, end);
      } else if (piece.duration !== undefined && !answer.hasEnded) {
        bar(2, planned, planned + piece.duration, 'heard', 0.28, label);
        planned += piece.duration;
      }
    });
    // What is being written, until the model pauses or has ended.
    if (!answer.hasEnded && answer.lastText > cut && now - answer.lastText < 1500) bar(0, cut, now, 'written', 0.45);
    if (!answer.hasEnded) {
      context.fillStyle = this.#colors.ink;
      context.fillRect(x(now), 0, 1.5, rows * 3 + 2);
    }
    context.restore();
  }
}

// MARK: The daemon

/** What the daemon, or the way to it, did not do. */
class Refusal extends Error {}

/** For what is tried again by itself, or needs no word. */
function ignoreRefusal(error) {
  if (!(error instanceof Refusal)) throw error;
}

async function call(method, path, body) {
  let response;
  try {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    response = await fetch(path, { method, headers, body: JSON.stringify(body), cache: 'no-store' });
  } catch {
    throw new Refusal(t('unreachable'));
  }
  const value = await response.json().catch(() => null);
  if (response.ok) return value;
  if (response.status === 401 && path !== '/login') askForToken();
  const refusal = new Refusal(value?.error?.message ?? t('refused', response.status));
  refusal.status = response.status;
  throw refusal;
}

const eventNames = [
  'queued', 'controls', 'missed', 'accepted', 'thinking', 'first_text', 'text', 'piece', 'synthesized', 'sound_start',
  'word', 'heard', 'signal', 'signal_end', 'discard', 'underrun', 'paused', 'resumed', 'notice', 'finished', 'stopped', 'failed',
];

/** Reads events; `take` gets each with its id. */
function readEvents(path, take) {
  const source = new EventSource(path);
  for (const name of eventNames) {
    source.addEventListener(name, (message) => take(JSON.parse(message.data), message.lastEventId));
  }
  return source;
}

/** The stream of events. When it is lost it is taken up again after the last event, soon at first, then more and more seldom. */
const stream = {
  source: null,
  timer: 0,
  lastId: '',
  failures: 0,
  /** Seconds between two attempts. */
  longestPause: 30,

  open() {
    clearTimeout(stream.timer);
    stream.source?.close();
    const after = stream.lastId ? `?last_event_id=${encodeURIComponent(stream.lastId)}` : '';
    const source = stream.source = readEvents(`/v1/events${after}`, (event, id) => {
      if (id) stream.lastId = id;
      happened(event);
    });
    source.addEventListener('open', () => {
      stream.failures = 0;
      connected(true);
    });
    source.addEventListener('error', () => {
      // An answer that is no stream closes it; then a token may be wanted.
      if (source.readyState === EventSource.CLOSED) call('GET', '/v1/status').catch(ignoreRefusal);
      source.close();
      connected(false);
      // Not all pages at the same time.
      const pause = Math.min(stream.longestPause, 2 ** stream.failures++) * (0.75 + Math.random() / 2);
      stream.timer = setTimeout(stream.open, pause * 1000);
    });
  },

  /** At once: there is reason to think that it is possible again. */
  reopen() {
    stream.failures = 0;
    stream.open();
  },
};

function connected(isConnected) {
  if (isConnected !== app.isConnected && !isConnected) say([t('lostConnection')]);
  app.isConnected = isConnected;
  document.documentElement.dataset.connected = isConnected;
  frame.ask();
  if (!isConnected) return;
  // The daemon may be another one, which wants no token any more and has other voices.
  $('login').close();
  app.hasChoices = false;
  refresh();
}

function happened(event) {
  switch (event.event) {
    case 'missed':
      // What has ended meanwhile is then shown as the daemon remembers it.
      refresh().then(() => showSession(app.session));
      break;
    case 'controls':
      takeControls(event);
      break;
    case 'queued':
      takeQueued(event);
      break;
    default:
      takeEvent(event);
  }
}

function takeQueued(event) {
  if (app.turns.has(event.answer)) return;
  // What this page asked for may be told of here before its own request is answered.
  const isMeant = ({ answer }) =>
    answer.id === null && answer.phase === 'sending' && answer.prompt === event.prompt && answer.session === event.session;
  const turn = app.sending.find(isMeant) ?? addTurn(new Answer({ prompt: event.prompt, session: event.session ?? null }));
  bind(turn, event.answer);
  if (event.ahead > 0) turn.answer.phase = 'queued';
}

/** Reads an answer from its beginning, which was before the page was open. */
function follow(id) {
  const turn = addTurn(new Answer({ session: null }));
  bind(turn, id);
  turn.source = readEvents(`/v1/events?answer=${encodeURIComponent(id)}`, (event) => {
    if (event.event === 'queued') {
      Object.assign(turn.answer, { prompt: event.prompt, session: event.session ?? null });
      frame.ask(turn);
    } else if (event.answer === id) {
      show(event, turn);
    }
  });
  turn.source.addEventListener('error', () => {
    if (turn.source?.readyState !== EventSource.CLOSED) return;
    // It has ended, too long ago to be told of.
    if (!turn.answer.hasEnded) lose(turn);
    unfollow(turn);
  });
}

function lose(turn) {
  turn.answer.phase = 'lost';
  unfollow(turn);
  frame.ask(turn);
}

function unfollow(turn) {
  turn.source?.close();
  turn.source = null;
}

function takeEvent(event) {
  const turn = app.turns.get(event.answer);
  if (!turn) follow(event.answer);
  // Else it reads for itself what everybody is told.
  else if (!turn.source) show(event, turn);
}

function show(event, turn) {
  const { answer } = turn;
  const before = answer.phase;
  answer.apply(event);
  if (['text', 'sound_start'].includes(event.event) || !app.shown || app.shown.hasEnded && !answer.hasEnded) {
    app.shown = app.shown?.phase === 'speaking' && answer.phase !== 'speaking' ? app.shown : answer;
  }
  if (answer.phase !== before) announce(answer);
  if (answer.hasEnded) {
    unfollow(turn);
    refreshSessions().catch(ignoreRefusal);
  }
  frame.ask(turn);
}

/** Has a screen reader say texts, each in a language; the page's if none is named. */
function say(...texts) {
  const said = texts.filter(([text]) => text);
  $('said').replaceChildren(...said.map(([text, lang = pageLanguage()]) => make('p', { lang, textContent: text })));
}

/** Tells a screen reader: each state once, and the text when it is complete, since the device itself reads it aloud. */
function announce(answer) {
  if (['thinking', 'speaking'].includes(answer.phase)) say([t(answer.phase)]);
  if (!answer.hasEnded) return;
  const text = answer.phase === 'stopped' ? '' : answer.parts.slice(1).join('').trim();
  const state = answer.phase === 'finished' ? '' : t(answer.phase);
  say([state], [text, languageOf(text)], [answer.fault, answer.wasSent ? 'en' : undefined]);
}

// MARK: The page

/** More turns than that make a page slow, and are of no use in it. */
const mostTurns = 100;

const app = {
  /** `null`: a conversation that begins with the next question. */
  session: kept.get('session') ?? 'default',
  sessions: [],
  /** By the names of their answers. */
  turns: new Map(),
  /** Those whose answers have no name yet. */
  sending: [],
  /** The answer whose picture is drawn. */
  shown: null,
  isConnected: null,
  /** Why the device would not answer at once; `null` when it would. */
  missing: null,
  /** What a button could not do. */
  complaint: '',
  controls: {},
  /** What the settings say where no control is set. */
  configured: {},
  /** The slider that is being moved. */
  sliding: null,
};

const sessionTitle = (name) => name === null ? t('freshSession') : name === 'default' ? t('defaultSession') : name;
const languageOfSession = (name) => name === null || name === 'default' ? '' : languageOf(name);

function bind(turn, id) {
  turn.answer.id = id;
  app.turns.set(id, turn);
  app.sending = app.sending.filter((each) => each !== turn);
  frame.ask(turn);
}

function addTurn(answer) {
  const turn = new Turn(answer);
  const log = $('log');
  log.append(turn.element);
  turn.element.turn = turn;
  while (log.childElementCount > mostTurns) {
    forgetTurn(log.firstElementChild.turn);
    $('older').hidden = false;
  }
  frame.ask(turn);
  return turn;
}

/** Leaves nothing of it: a page may be open for months. */
function forgetTurn(turn) {
  unfollow(turn);
  app.turns.delete(turn.answer.id);
  frame.views.delete(turn);
  turn.element.remove();
}

/** Where the log is looked at. */
const view = {
  /** It follows what is new: the word that is heard, or else the end. */
  isFollowing: true,
  /** Where it was put last. */
  top: 0,

  /** Where the word that is heard lies: pixels from the upper edge of what is seen to its ends; `null` if none is. */
  get word() {
    const word = document.querySelector('.sounding .now')?.getClientRects() ?? [];
    if (!word.length) return null;
    const edge = $('scroller').getBoundingClientRect().top;
    return { top: word[0].top - edge, bottom: word[word.length - 1].bottom - edge };
  },

  follow() {
    const scroller = $('scroller');
    const word = view.word;
    const lowest = scroller.clientHeight * 0.7;
    if (!word) scroller.scrollTop = scroller.scrollHeight;
    else if (word.top < 0) scroller.scrollTop += word.top - 8;
    else if (word.bottom > lowest) scroller.scrollTop += Math.min(word.bottom - lowest, word.top);
    view.top = scroller.scrollTop;
  },

  /** Somebody has moved it, and goes on reading there; unless what is new is to be seen there. */
  wasMoved() {
    const { scrollTop, scrollHeight, clientHeight } = $('scroller');
    if (Math.abs(scrollTop - view.top) < 2) return;
    view.top = scrollTop;
    const word = view.word;
    view.isFollowing = word
      ? word.top >= 0 && word.bottom <= clientHeight * 0.8 : scrollHeight - scrollTop - clientHeight < 48;
    $('latest').hidden = view.isFollowing;
  },
};

/** All changes of the document that come with events, once a frame. */
function paint() {
  for (const turn of frame.views) turn.paint();
  frame.views.clear();
  const live = [...app.turns.values()].map((turn) => turn.answer).filter((answer) => !answer.hasEnded);
  const answer = app.shown;
  const state = answer && !answer.hasEnded ? answer : live[0];
  const phase = !state ? 'idle' : state.isPaused ? 'paused' : state.phase === 'queued' ? 'queuedState' : state.phase;
  setLabel($('state'), t(phase));
  const hasSounded = answer?.firstSound != null;
  setLabel($('first-sound'), hasSounded ? time(answer.firstSound) : '');
  $('first-sound').parentElement.hidden = !hasSounded;
  setLabel($('ahead'), answer ? t('seconds', (answer.ahead / 1000).toFixed(1)) : '');
  $('ahead').parentElement.hidden = !hasSounded || answer.hasEnded;
  // The keyboard would be nowhere in a button that can't be pressed.
  if (!live.length && [$('stop'), $('pause')].includes(document.activeElement)) $('prompt').focus();
  $('stop').disabled = $('pause').disabled = live.length === 0;
  const isPaused = live.some((each) => each.isPaused);
  $('pause').dataset.label = isPaused ? 'resume' : 'pause';
  label($('pause'));
  const isLost = app.isConnected === false && !$('login').open;
  const notReady = app.missing === null ? '' : `${t('starting')} ${app.missing}`;
  const connection = isLost ? t('lostConnection') : app.complaint || notReady;
  setLabel($('connection'), connection);
  $('connection').hidden = !connection;
  $('empty').hidden = $('log').childElementCount > 0;
  $('picture').hidden = !answer;
  setLabel($('where'), sessionTitle(app.session), languageOfSession(app.session));
  if (answer && $('picture').open) picture.draw(answer);
  if (view.isFollowing) view.follow();
  $('latest').hidden = view.isFollowing;
  // The picture moves with the time while something is said.
  const isMoving = answer && !answer.hasEnded && !answer.isPaused && app.isConnected;
  if (isMoving && !matchMedia('(prefers-reduced-motion: reduce)').matches) frame.ask();
}

function setLabel(element, text, lang = '') {
  if (element.textContent !== text) element.textContent = text;
  if (element.lang !== lang) element.lang = lang;
}

let readiness = 0;

/** Reads what events don't tell, or did not while there was no connection. */
async function refresh() {
  const known = [...app.turns.values()];
  clearTimeout(readiness);
  try {
    const status = await call('GET', '/v1/status');
    app.configured = status.configured ?? {};
    takeControls(status);
    app.missing = status.missing;
    // No event tells when it is ready.
    if (!status.ready) readiness = setTimeout(refresh, 3000);
    const living = new Set([status.speaking, ...status.waiting, ...status.suspended].filter(Boolean));
    for (const id of living) if (!app.turns.has(id)) follow(id);
    for (const turn of known) {
      if (!turn.answer.hasEnded && !living.has(turn.answer.id)) lose(turn);
    }
    await refreshSessions();
    if (!app.hasChoices) await loadChoices();
  } catch (error) {
    ignoreRefusal(error);
  }
  frame.ask();
}

async function refreshSessions() {
  app.sessions = (await call('GET', '/v1/sessions')).sessions;
  paintSessions();
}

function paintSessions() {
  const names = app.sessions.map((session) => session.name);
  if (!names.includes(app.session)) names.unshift(app.session);
  if (!names.includes('default')) names.push('default');
  const wanted = JSON.stringify([language, app.session, names, app.sessions.length]);
  if (wanted === paintSessions.shown) return;
  paintSessions.shown = wanted;
  const focused = [...$('sessions').querySelectorAll('button')].indexOf(document.activeElement);
  $('sessions').replaceChildren(...names.map((name) => {
    const [title, lang] = [sessionTitle(name), languageOfSession(name)];
    const choose = make('button', { type: 'button', className: 'choose', onclick: () => chooseSession(name) }, title);
    Object.assign(choose, { dir: 'auto', lang, title });
    if (name === app.session) choose.setAttribute('aria-current', 'true');
    const item = make('li', {}, choose);
    if (app.sessions.some((session) => session.name === name)) {
      const forget = make('button', { type: 'button', className: 'forget', title: t('forget', title) }, '×');
      forget.setAttribute('aria-label', t('forget', title));
      forget.onclick = () => forgetSession(name, forget);
      item.append(forget);
    }
    return item;
  }));
  // The keyboard stays where it was.
  if (focused >= 0) [...$('sessions').querySelectorAll('button')].at(focused)?.focus();
}

/** Asks back by the button itself: what is forgotten can't be had back. */
async function forgetSession(name, button) {
  if (!button.dataset.sure) {
    button.dataset.sure = true;
    button.textContent = t('forgetSure');
    button.classList.add('sure');
    button.title = t('forgetAgain', sessionTitle(name));
    button.setAttribute('aria-label', button.title);
    button.onblur = () => {
      paintSessions.shown = '';
      paintSessions();
    };
    return;
  }
  button.onblur = null;
  await call('DELETE', `/v1/sessions/${encodeURIComponent(name)}`).catch(ignoreRefusal);
  if (name === app.session) chooseSession('default');
  else refreshSessions().catch(ignoreRefusal);
}

function chooseSession(name) {
  app.session = name;
  if (name !== null) kept.set('session', name);
  openSide(false);
  paintSessions();
  showSession(name);
  if (name === null) $('prompt').focus();
}

/** Shows what the daemon remembers of a conversation, and all that goes on. */
async function showSession(name) {
  let exchanges = [];
  try {
    await refreshSessions();
    if (app.sessions.some((session) => session.name === name)) {
      exchanges = (await call('GET', `/v1/sessions/${encodeURIComponent(name)}`)).exchanges;
    }
  } catch (error) {
    ignoreRefusal(error);
    // Without a connection, what is shown is all there is.
    return;
  }
  if (name !== app.session) return;
  const live = [...$('log').children].map((element) => element.turn).filter(({ answer }) => !answer.hasEnded);
  app.turns.clear();
  app.shown = live.find(({ answer }) => answer === app.shown)?.answer ?? live[0]?.answer ?? null;
  $('log').replaceChildren();
  $('older').hidden = true;
  for (const exchange of exchanges) addTurn(Answer.told(exchange, name));
  for (const turn of live) {
    $('log').append(turn.element);
    if (turn.answer.id !== null) app.turns.set(turn.answer.id, turn);
    frame.ask(turn);
  }
  view.isFollowing = true;
  frame.ask();
}

// MARK: Asking

/** A conversation is named after its first question. */
function nameSession(prompt) {
  const name = prompt.replace(/[\s/\\\p{Cc}\p{Cf}]+/gu, ' ').trim() || t('freshSession');
  const start = Array.from(name).slice(0, 40).join('');
  // Not in the middle of a word, where there are spaces.
  const short = start === name ? name : `${start.replace(/(?<=.{20}) \S*$/u, '')}…`;
  const isTaken = (candidate) => app.sessions.some((session) => session.name === candidate);
  let [candidate, number] = [short, 2];
  while (isTaken(candidate)) candidate = `${short} ${number++}`;
  return candidate;
}

async function ask(prompt) {
  if (app.session === null) {
    app.session = nameSession(prompt);
    kept.set('session', app.session);
    paintSessions();
  }
  const answer = new Answer({ prompt, session: app.session });
  const turn = addTurn(answer);
  app.sending.push(turn);
  view.isFollowing = true;
  const request = { prompt, session: app.session, policy: 'interrupt', detach: true };
  if ($('persona').value) request.persona = $('persona').value;
  try {
    const taken = await call('POST', '/v1/ask', request);
    if (answer.id === null) bind(turn, taken.answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    app.sending = app.sending.filter((each) => each !== turn);
    answer.phase = 'failed';
    answer.fault = t('notSent', error.message);
    announce(answer);
    frame.ask(turn);
  }
}

/** Asks once more what failed; what never came to the device is not shown any more. */
function askAgain(turn) {
  if (!turn.answer.wasSent) turn.element.remove();
  ask(turn.answer.prompt);
  $('prompt').focus();
}

/** Does what a button says; what is refused is told for a while. */
async function act(method, path, body) {
  clearTimeout(act.timer);
  app.complaint = '';
  try {
    await call(method, path, body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    app.complaint = error.message;
    act.timer = setTimeout(() => {
      app.complaint = '';
      frame.ask();
    }, 10000);
    say([error.message]);
    takeControls(app.controls);
  }
  frame.ask();
}

function fitPrompt() {
  const field = $('prompt');
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}

// MARK: Voice

function takeControls(controls) {
  app.controls = controls;
  $('mute').setAttribute('aria-pressed', controls.muted ?? false);
  for (const name of ['rate', 'volume']) {
    if (app.sliding === name) continue;
    $(name).value = controls[name] ?? app.configured[name] ?? $(name).value;
    paintSlider(name);
  }
  chooseVoice();
}

function chooseVoice() {
  const voice = app.controls.voice ?? '';
  $('voice').value = voice;
  // Voices have more names than are listed.
  if ($('voice').selectedIndex < 0) $('voice').append(new Option(voice, voice, true, true));
}

function paintSlider(name) {
  const value = t(`${name}Value`, $(name).value);
  setLabel($(`${name}-value`), value);
  $(name).ariaValueText = value;
  $(`${name}-reset`).hidden = app.controls[name] == null;
  $(`${name}-reset`).ariaLabel = $(`${name}-reset`).title = t('resetTo', t(name));
}

/** The voices and personas that there are. */
async function loadChoices() {
  const [voices, personas] = await Promise.all([call('GET', '/v1/voices'), call('GET', '/v1/personas')]);
  app.voices = voices.voices;
  app.personas = personas.personas;
  app.hasChoices = true;
  paintChoices();
}

function paintChoices() {
  const names = new Intl.DisplayNames([pageLanguage()], { type: 'language', fallback: 'code' });
  const nameOf = (voice) => {
    try { return names.of(voice.language); } catch { return voice.name; }
  };
  const options = (app.voices ?? []).map((voice) => ({ title: nameOf(voice), name: voice.name }))
    .sort((left, right) => left.title.localeCompare(right.title, language))
    .map(({ title, name }) => new Option(title === name ? title : `${title} · ${name}`, name));
  $('voice').replaceChildren(new Option(t('asConfigured'), ''), new Option(t('autoVoice'), 'auto'), ...options);
  chooseVoice();
  const personas = (app.personas ?? []).map((persona) => new Option(persona.name, persona.name));
  $('persona').replaceChildren(new Option(t('asConfigured'), ''), ...personas);
  $('persona').value = kept.get('persona') ?? '';
  if ($('persona').selectedIndex < 0) $('persona').value = '';
}

// MARK: Log in

function askForToken() {
  if (!$('login').open) $('login').showModal();
}

async function logIn(event) {
  event.preventDefault();
  const fault = $('login-fault');
  try {
    await call('POST', '/login', { token: $('token').value });
    $('token').value = '';
    fault.hidden = true;
    kept.set('login', 'yes');
    $('logout').hidden = false;
    $('login').close();
    stream.reopen();
    showSession(app.session);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fault.textContent = error.status === 401 ? t('loginWrong') : error.message;
    fault.hidden = false;
    $('token').select();
  }
}

// MARK: What people do

/** On a narrow screen the side lies over all else, which is then out of reach. */
function openSide(isOpen) {
  const wasOpen = $('side').classList.contains('open');
  $('side').classList.toggle('open', isOpen);
  $('shade').hidden = !isOpen;
  for (const element of [document.querySelector('header'), document.querySelector('main')]) element.inert = isOpen;
  $('open-side').ariaExpanded = isOpen;
  if (isOpen) $('close-side').focus();
  else if (wasOpen) $('open-side').focus();
}

function translate() {
  translatePage();
  $('language').value = language;
  $('ideas').replaceChildren(...ideas.map(spoken).map((idea) =>
    make('li', {}, make('button', { type: 'button', onclick: () => ask(idea) }, idea))));
  paintSlider('rate');
  paintSlider('volume');
  paintSessions();
  paintChoices();
  for (const element of $('log').children) frame.ask(element.turn);
  frame.ask();
}

function listen() {
  $('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    const prompt = $('prompt').value.trim();
    if (!prompt) return;
    $('prompt').value = '';
    fitPrompt();
    // A phone's keyboard would hide the answer.
    if (matchMedia('(pointer: coarse)').matches) $('prompt').blur();
    ask(prompt);
  });
  $('prompt').addEventListener('input', fitPrompt);
  $('prompt').addEventListener('keydown', (event) => {
    // Enter also chooses a candidate of an input method, as for Chinese.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    $('composer').requestSubmit();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || $('login').open) return;
    if ($('side').classList.contains('open')) {
      openSide(false);
    } else if (!$('stop').disabled) {
      act('POST', '/v1/stop', {});
    }
  });
  $('stop').addEventListener('click', () => act('POST', '/v1/stop', {}));
  $('pause').addEventListener('click', () => {
    act('POST', $('pause').dataset.label === 'resume' ? '/v1/resume' : '/v1/pause', {});
  });
  $('mute').addEventListener('click', () => act('PUT', '/v1/status', { muted: !app.controls.muted }));
  $('voice').addEventListener('change', () => act('PUT', '/v1/status', { voice: $('voice').value || null }));
  for (const name of ['rate', 'volume']) {
    $(name).addEventListener('input', () => {
      app.sliding = name;
      paintSlider(name);
    });
    $(name).addEventListener('change', () => {
      app.sliding = null;
      act('PUT', '/v1/status', { [name]: Number($(name).value) });
    });
    $(`${name}-reset`).addEventListener('click', () => {
      act('PUT', '/v1/status', { [name]: null });
      // The button goes away.
      $(name).focus();
    });
  }
  $('persona').addEventListener('change', () => kept.set('persona', $('persona').value));
  $('language').addEventListener('change', () => {
    language = $('language').value;
    kept.set('language', language);
    translate();
  });
  $('new-session').addEventListener('click', () => chooseSession(null));
  $('open-side').addEventListener('click', () => openSide(true));
  $('close-side').addEventListener('click', () => openSide(false));
  $('shade').addEventListener('click', () => openSide(false));
  narrow.addEventListener('change', () => openSide(false));
  $('scroller').addEventListener('scroll', view.wasMoved, { passive: true });
  $('latest').addEventListener('click', () => {
    view.isFollowing = true;
    frame.ask();
  });
  $('picture').open = kept.get('picture') !== 'closed';
  $('picture').addEventListener('toggle', () => {
    kept.set('picture', $('picture').open ? 'open' : 'closed');
    frame.ask();
  });
  $('login-form').addEventListener('submit', logIn);
  // There is nothing to see without the token.
  $('login').addEventListener('cancel', (event) => event.preventDefault());
  $('logout').addEventListener('click', async () => {
    await act('DELETE', '/login');
    kept.set('login', '');
    location.reload();
  });
  $('logout').hidden = !kept.get('login');
  window.addEventListener('online', stream.reopen);
  // A machine that has slept does not know which connections are dead.
  let hiddenAt = 0;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (!app.isConnected || Date.now() - hiddenAt > 60000) stream.reopen();
  });
}

/** As page.css has it. */
const narrow = matchMedia('(max-width: 820px)');
const picture = new Picture();
listen();
translate();
stream.open();
showSession(app.session);
if (matchMedia('(pointer: fine)').matches) $('prompt').focus();
