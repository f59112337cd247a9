// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes wrong, by the daemon's codes. Its own sentence names more, such as the model and the address, but is English,
// and speaks to who sits at a terminal: an English page shows it where it helps here, a Chinese one never.

import { language, spoken } from './words.js';

/** `null`: the daemon's sentence is the better English. */
const faults = {
  model_unreachable: [null, '模型服务器没有响应。请启动 Ollama，或检查配置中的服务器地址。'],
  model_silent: [
    'The model gave no word in time. Ask again; its server’s log tells more.',
    '模型迟迟没有回应。请再问一次；服务器的日志里有更多信息。',
  ],
  model_stalled: [null, '模型说到一半停住了，已生成的部分保留了下来。请再问一次。'],
  model_not_found: [null, '没有安装这个模型。请在左侧选择另一个模型，或在设备上安装它。'],
  model_none_installed: [null, '还没有安装能回答问题的模型。请在设备上运行：ollama pull llama3.2'],
  model_refused: [
    'The model server refused the question. Ask something shorter, begin a new conversation, or choose another model.',
    '模型服务器拒绝了这个问题。请问得短一些，新建一个对话，或选择另一个模型。',
  ],
  model_unauthorized: [null, '模型服务器需要有效的密钥。请在设备上检查 UTTER_MODEL_API_KEY。'],
  model_busy: [null, '模型服务器正忙。请稍后再问。'],
  model_out_of_memory: [
    'There is not enough memory for this model. Choose a smaller one, or free memory on the machine that runs it.',
    '内存不足，无法运行这个模型。请选择小一些的模型，或在运行模型的机器上释放内存。',
  ],
  model_failed: [null, '模型服务器出错了。请再问一次；服务器的日志里有更多信息。'],
  model_protocol: [null, '配置的地址上不是模型服务器。请检查地址。'],
  model_truncated: [null, '与模型服务器的连接在回答途中断开，已生成的部分保留了下来。请再问一次。'],
  answer_empty: [null, '模型没有给出任何可以朗读的内容。请换个问法。'],
  answer_only_reasoning: [
    'The model only reasoned, and came to no answer. Ask again, or choose another model.',
    '模型只进行了思考，没有给出回答。请再问一次，或选择另一个模型。',
  ],
  voice_unknown: [null, '没有这个音色。请选择另一个。'],
  speech_failed: [null, '语音合成失败。请检查设备上的 eSpeak NG。'],
  device_unknown: [null, '没有这个播放设备。请检查配置。'],
  device_missing: [
    'There is no sound device. Connect one; answers are shown here meanwhile.',
    '没有找到播放设备。请连接一个；在此之前，回答只会显示在这里。',
  ],
  device_busy: [null, '播放设备正被其他程序占用。'],
  device_failed: [null, '播放设备出现故障。请重新连接，下一个回答会再次打开它。'],
  sound_invalid: [
    'The sound that another program sent broke off, or can\'t be played.',
    '别的程序发来的声音中断了，或者无法播放。',
  ],
  speaker_busy: [null, '设备正在说别的内容。'],
  quiet_hours: [null, '现在是安静时段，只播报重要的内容。'],
  queue_full: [null, '排队的请求太多了。请稍后再试。'],
  daemon_stopping: [null, '守护进程即将结束。请稍后再问。'],
  internal_error: [null, '守护进程内部出错。'],
  usage: [null, '守护进程不接受这个请求。'],
  input_invalid: [null, '文字不是有效的 UTF-8。'],
  configuration_invalid: [null, '配置有误。请在设备上运行 utter config check。'],
  invalid_request: [null, '守护进程看不懂这个请求。'],
  too_long: [null, '文字太长了。请缩短后再试。'],
  too_large: [null, '内容太多了。请缩短后再试。'],
  too_slow: [null, '请求没有及时送达。请重试。'],
  too_many_requests: [null, '请求过于频繁。请稍后再试。'],
  unauthorized: ['The device asks for its token.', '设备需要令牌。'],
  not_found: [null, '它已经不存在了。'],
  session_exists: ['There is a conversation of this name already.', '已有同名的对话。'],
  session_busy: [
    'An answer of this conversation is still under way. Rename it afterwards.',
    '这个对话还有回答正在进行。请在结束后再重命名。',
  ],
  host_refused: [null, '设备不接受用这个名称访问。请把它加入 server.allowed_hosts。'],
  origin_refused: [null, '设备不接受来自这个网页的请求。'],
  not_ready: [null, '设备还没有准备好。'],
};

const notices = {
  demo_model: [
    'No model server answers here, so the built-in demo speaks. For real answers install Ollama from ollama.com.',
    '没有模型服务器响应，因此由内置演示回答。要获得真正的回答，请从 ollama.com 安装 Ollama。',
  ],
  answer_resumed: [null, '设备上的服务曾在回答中途退出，现在从被打断的那一句继续。'],
  said_already: [null, '同样的内容刚刚播报过，或正在等待播报，因此不再重复。'],
  persona_gone: [null, '配置中已经没有这个对话的角色，由默认角色回答。'],
  option_unknown: [null, '这种服务器没有其中一个选项；它被原样传递。'],
  model_loading: [null, '正在加载模型。'],
  model_reading: [null, '模型正在读题，或在回答别人的问题。'],
  model_busy: [null, '模型服务器正忙，问题正在等待。'],
  reply_buffered: [null, '回答是一次性到达的，因此朗读开始得晚。请在前面的代理中关闭缓冲。'],
  model_server_failed: [null, '首选的模型服务器没有响应，现由另一台回答。'],
  model_server_back: [null, '首选的模型服务器恢复了。'],
  context_full: [null, '对话已超出模型的上下文，最早的问答不再告诉模型。'],
  think_unsupported: [null, '这个模型无法控制是否思考，已按默认方式提问。'],
  text_left_out: [null, '有一部分文字没有可用的音色，已略过。'],
  voice_server_failed: [null, '语音服务器没有响应，现由 eSpeak NG 朗读。'],
  voice_server_back: [null, '语音服务器恢复了。'],
  voice_missing: [null, '没有这种语言的音色，改用另一个朗读。'],
  truncated: [null, '回答因达到长度上限而中断。'],
  nothing_to_speak: [null, '文字中只有符号，没有可以朗读的内容。'],
  longest_answer: [null, '朗读时间达到上限，已结束。'],
  device_waiting: [null, '正在等待播放设备，之后从被打断的句子继续。'],
  device_back: [null, '播放设备恢复了，回答继续。'],
  device_substituted: [null, '改用另一个播放设备。'],
  device_muted: [null, '播放设备在混音器中被静音，或音量为零。请在设备上用 alsamixer 调整。'],
  answer_lost: [null, '设备上的服务曾在回答途中退出，剩下的部分没有保存。请再问一次。'],
  device_converted: [null, '播放设备不支持这种声音格式，已转换后播放。'],
  demo_answers: [null, '由内置演示回答。'],
};

/** Told elsewhere on the page. */
const superfluous = new Set(['model_chosen']);

/** Why an answer would not start at once. */
const missing = {
  model_loading: ['The model is being loaded…', '正在加载模型…'],
};

const other = {
  fault: (code) => `出错了（${code ?? '未知'}）。`,
  notice: (code) => `提示：${code ?? '未知'}。`,
};

function text(table, kind, { code, message }) {
  const known = spoken(table[code] ?? [null, null]);
  return known ?? (language === 'zh' ? other[kind](code) : message ?? code ?? '');
}

/** What is said of `{ code, message }`, in the page's language; of `{ text }` just that. */
export const faultText = (fault) => fault.text ?? text(faults, 'fault', fault);

/** The same for a notice; empty if it needs no word here. */
export const noticeText = (notice) => superfluous.has(notice.code) ? ''
  : text(notices[notice.code] ? notices : faults, 'notice', notice);

/** The same for why an answer would not start at once; it is quiet where that passes by itself. */
export const missingText = ({ code, message }) => missing[code]
  ? { text: spoken(missing[code]), isCalm: true }
  : { text: faultText({ code, message }), isCalm: false };
