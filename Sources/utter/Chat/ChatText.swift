// SPDX-License-Identifier: GPL-3.0-or-later
import Utterance

/// The chat's own messages, in the language of the locale.
struct ChatText {
    var words = Bilingual.ofLocale

    var greeting: String {
        words(
            "Utter \(Version.number). Ask something; /help lists what else there is, Ctrl-D ends.",
            "Utter \(Version.number)。请提问；/help 列出其他命令，Ctrl-D 结束。")
    }

    var endHint: String {
        words("(Ctrl-C again, or Ctrl-D, ends the chat.)", "（再按一次 Ctrl-C，或按 Ctrl-D，结束对话。）")
    }

    func voice(_ value: String) -> String { words("voice: \(value)", "音色：\(value)") }
    func rate(_ value: String) -> String { words("rate: \(value)", "语速：\(value)") }
    func model(_ value: String) -> String { words("model: \(value)", "模型：\(value)") }
    func persona(_ value: String) -> String { words("persona: \(value)", "角色：\(value)") }
    func volume(_ value: String) -> String { words("volume: \(value)", "音量：\(value)") }
    func saved(_ path: String) -> String { words("saved: \(path)", "已保存：\(path)") }

    func wordsPerMinute(_ rate: Int) -> String { words("\(rate) words per minute", "每分钟 \(rate) 词") }
    var anInstalledModel: String { words("one that is installed", "已安装的模型之一") }
    var asInTheDaemon: String { words("as in the daemon's configuration", "按守护进程的配置") }
    var daemonsPersona: String { words("the daemon's", "守护进程的默认角色") }

    /// - Parameter all: the personas to choose from, including `current`.
    func persona(_ current: String, of all: [String]) -> String {
        let others = all.filter { $0 != current }.joined(separator: ", ")
        return current + (others.isEmpty ? "" : words(" (also: \(others))", "（还有：\(others)）"))
    }

    var noModels: String { words("No model is installed.", "没有安装模型。") }
    var newConversation: String { words("Starting a new conversation.", "新的对话开始了。") }

    var help: String { words(Self.summary, Self.chineseSummary) }

    static let summary = """
        /voice NAME    another voice, such as de or en-us+f3; auto: by language
        /rate N        words per minute, 80 to 450
        /volume N      percent, 0 to 200
        /model NAME    another model
        /models        the models that are installed
        /persona NAME  another persona from the configuration
        /new           begin a new conversation
        /again         hear the last answer again
        /save FILE     write the conversation to a file
        /help          show this
        /quit          end the chat

        Without a name or number, a command shows the current value. Tab completes commands and names, Ctrl-J or \
        Alt-Enter begins another line, Ctrl-R searches what was asked before.

        """

    private static let chineseSummary = """
        /voice 名称    换一个音色，例如 de 或 en-us+f3；auto：按语言选择
        /rate 数字     语速，每分钟 80 到 450 词
        /volume 数字   音量百分比，0 到 200
        /model 名称    换一个模型
        /models        列出已安装的模型
        /persona 名称  换成配置里的另一个角色
        /new           开始新的对话
        /again         再听一遍上一个回答
        /save 文件     把对话写入文件
        /help          显示这些说明
        /quit          结束

        不带名称或数字时，显示现在的值。Tab 补全命令和名称，Ctrl-J 或 Alt-Enter 换行，Ctrl-R 查找以前的提问。

        """
}
