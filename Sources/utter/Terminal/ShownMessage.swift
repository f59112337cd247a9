// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The text that a person is shown for a fault or notice: the English sentence, or in a Chinese locale the Chinese one
/// for its code. The English one follows below it if it names more, such as a model, an address or a file.
struct ShownMessage {
    /// `{0}` stands for the first word of the English sentence.
    let chinese: String
    /// Whether the English sentence contains something that the Chinese one doesn't.
    var needsDetail = true

    static func text(_ code: String, _ message: String, _ words: Bilingual = .ofLocale) -> String {
        guard words.isChinese, let known = all[code] else { return message }
        let chinese = known.chinese.replacing("{0}", with: message.prefix { $0 != " " })
        return known.needsDetail ? "\(chinese)\n\(message)" : chinese
    }

    /// By the codes of faults and notices. The page has its own texts (Sources/Page/Web/errors.js), which address its
    /// reader.
    static let all: [String: ShownMessage] = [
        "usage": .init(chinese: "命令用法有误："),
        "input_invalid": .init(chinese: "输入不是有效的 UTF-8，或者太长。"),
        "input_unreadable": .init(chinese: "无法读取标准输入。请把文字写在命令后面。"),
        "configuration_invalid": .init(chinese: "无法按配置运行。请检查配置（utter config check），以及地址是否已被占用。"),
        "model_unreachable": .init(chinese: "模型服务器没有响应。请启动 Ollama（ollama serve），或检查地址。"),
        "model_silent": .init(chinese: "模型迟迟没有回应。请再问一次，或查看服务器的日志。"),
        "model_stalled": .init(chinese: "模型说到一半停住了，已收到的部分保留了下来。请再问一次。"),
        "model_not_found": .init(chinese: "没有安装这个模型。请用 utter models 查看，用 utter models pull 安装。"),
        "model_none_installed": .init(chinese: "还没有安装能回答问题的模型。请用 utter models pull 安装一个。"),
        "model_refused": .init(chinese: "模型服务器拒绝了这个问题。请问得短一些，或检查模型和选项。"),
        "model_unauthorized": .init(chinese: "模型服务器需要有效的密钥。请设置 UTTER_MODEL_API_KEY。"),
        "model_busy": .init(chinese: "模型服务器正忙。请稍后再试。"),
        "model_out_of_memory": .init(chinese: "内存不足，无法运行这个模型。请换小一些的模型，减小 num_ctx，或释放内存。"),
        "model_failed": .init(chinese: "模型服务器出错了。请查看服务器的日志。"),
        "model_protocol": .init(chinese: "这个地址上不是模型服务器。请检查地址。"),
        "model_truncated": .init(chinese: "与模型服务器的连接在回答途中断开，已收到的部分保留了下来。请再问一次。"),
        "answer_empty": .init(chinese: "模型的回答是空的。请再问一次，或换一个模型。", needsDetail: false),
        "answer_only_reasoning": .init(
            chinese: "模型只进行了思考，没有给出回答。请增大 num_predict，或把 think 设为 false。", needsDetail: false),
        "voice_unknown": .init(chinese: "没有这种音色。请用 utter voices 查看所有音色。"),
        "speech_failed": .init(chinese: "语音合成失败。请检查 eSpeak NG。"),
        "sound_invalid": .init(chinese: "别的程序发来的声音中断了，或者无法播放。"),
        "device_unknown": .init(chinese: "没有这个播放设备。请用 utter devices 查看所有设备。"),
        "device_missing": .init(chinese: "没有找到播放设备。请连接一个，或选择另一个。"),
        "device_busy": .init(chinese: "播放设备正被其他程序占用。"),
        "device_failed": .init(chinese: "播放设备出现故障。请重新连接。"),
        "speaker_busy": .init(chinese: "设备正在说别的内容。", needsDetail: false),
        "quiet_hours": .init(chinese: "现在是安静时段，只播报重要的内容（优先级 important）。"),
        "queue_full": .init(chinese: "排队的请求太多了。请稍后再试。", needsDetail: false),
        "daemon_stopping": .init(chinese: "守护进程即将结束。请稍后再试。", needsDetail: false),
        "daemon_unreachable": .init(chinese: "无法与守护进程通信。"),
        "output_unwritable": .init(chinese: "无法写入输出。"),
        "output_failed": .init(chinese: "输出中断。"),
        "internal_error": .init(chinese: "Utter 内部出错，请报告这个问题。"),

        "demo_model": .init(
            chinese: "这里没有模型服务器响应，因此由内置演示回答。要获得真正的回答，请从 https://ollama.com 安装 Ollama，"
                + "然后运行：ollama pull qwen2.5:3b", needsDetail: false),
        "model_chosen": .init(chinese: "{0} 回答；可用 --model 或 model.name 换一个模型。", needsDetail: false),
        "model_loading": .init(chinese: "正在加载模型。", needsDetail: false),
        "model_reading": .init(chinese: "模型正在读题，或在回答别人的问题。", needsDetail: false),
        "context_full": .init(chinese: "对话已超出模型的上下文，最早的问答不再告诉模型。", needsDetail: false),
        "think_unsupported": .init(chinese: "这个模型无法控制是否思考，已按默认方式提问。", needsDetail: false),
        "option_unknown": .init(chinese: "这种服务器没有其中一个选项；它被原样传递。"),
        "said_already": .init(chinese: "同样的内容刚刚播报过，或正在等待播报，因此不再重复。"),
        "persona_gone": .init(chinese: "配置中已经没有这个对话的角色，由默认角色回答。"),
        "text_left_out": .init(chinese: "有一部分文字没有可用的音色，已略过。"),
        "voice_server_failed": .init(chinese: "语音服务器没有响应，现由 eSpeak NG 朗读。"),
        "voice_server_back": .init(chinese: "语音服务器恢复了。"),
        "mqtt_unreachable": .init(chinese: "无法连接 MQTT 服务器。请启动它，或检查 mqtt.url。"),
        "mqtt_refused": .init(chinese: "MQTT 服务器拒绝连接。请检查 mqtt.user 和密码（UTTER_MQTT_PASSWORD）。"),
        "mqtt_untrusted": .init(chinese: "MQTT 服务器的证书不受信任。请检查 mqtt.ca_file 和 mqtt.url。"),
        "mqtt_lost": .init(chinese: "与 MQTT 服务器的连接断开了。"),
        "mqtt_taken_over": .init(chinese: "另一个程序使用了同样的 MQTT 客户端名。请为每台设备设置不同的 mqtt.device_id。"),
        "voice_missing": .init(chinese: "没有这种语言的音色，改用另一个朗读。"),
        "truncated": .init(chinese: "回答因达到长度上限而中断；增大 num_predict 可得到更长的回答。", needsDetail: false),
        "nothing_to_speak": .init(chinese: "文字中只有符号，没有可以朗读的内容。", needsDetail: false),
        "longest_answer": .init(chinese: "朗读时间达到上限，已结束。"),
        "no_device": .init(chinese: "这里没有播放设备，声音写入文件："),
        "device_converted": .init(chinese: "播放设备不支持这种声音格式，已转换后播放。"),
        "device_waiting": .init(chinese: "正在等待播放设备。"),
        "device_back": .init(chinese: "播放设备恢复了，从被打断的句子继续。"),
        "device_muted": .init(chinese: "播放设备在混音器中被静音，或音量为零。请用 alsamixer 调整。"),
        "model_server_failed": .init(chinese: "首选的模型服务器没有响应，现由另一台回答。"),
        "model_server_back": .init(chinese: "首选的模型服务器恢复了。", needsDetail: false),
        "reply_buffered": .init(chinese: "回答是一次性到达的，因此朗读开始得晚。请在前面的代理中关闭缓冲。"),
        "answer_resumed": .init(chinese: "守护进程曾在回答途中退出，现在从被打断的那一句继续。", needsDetail: false),
        "answer_lost": .init(chinese: "守护进程曾在回答途中退出，剩下的部分没有保存。请再问一次。"),
        "device_substituted": .init(chinese: "改用另一个播放设备。"),
        "events_lost": .init(chinese: "读取太慢，丢失了一些事件；守护进程仍在继续朗读。", needsDetail: false),
        "paused": .init(chinese: "朗读已暂停；utter resume 继续。", needsDetail: false),
        "stopped_elsewhere": .init(chinese: "回答被另一个程序停止，或者守护进程即将结束。", needsDetail: false),
    ]
}

extension Fault {
    /// The message in the language of the locale.
    var shown: String { ShownMessage.text(code.rawValue, message) }
}

extension Notice {
    /// The message in the language of the locale.
    var shown: String { ShownMessage.text(code, message) }
}
