// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite("A word where a command belongs")
struct CommandMistakeTests {
    @Test(
        "names the command that was meant, or says how to ask",
        arguments: [
            (["aks", "hello"], "There is no command aks. Did you mean utter ask?"),
            (["config", "chek"], "There is no command config chek. Did you mean utter config check?"),
            (["config", "nix"], "There is no command config nix; utter config has check, show."),
            (["version"], "There is no command version. Did you mean utter --version?"),
            (["help", "chatt"], "There is no command chatt. Did you mean utter chat?"),
            (
                ["Why is the sky blue?"],
                "A command is missing. To ask this: utter ask \"Why is the sky blue?\". All commands: utter --help"
            ),
            (
                ["Why", "is", "it?"],
                "A command is missing. To ask this: utter ask \"Why is it?\". All commands: utter --help"
            ),
            (["你好"], "There is no command 你好. To ask this: utter ask \"你好\". All commands: utter --help"),
        ] as [([String], String)])
    func mistakes(_ arguments: [String], _ message: String) {
        #expect(CommandMistake.find(in: arguments)?.message == message)
    }

    @Test(
        "is reported in Chinese, too",
        arguments: [
            (["aks"], "没有 aks 这个命令。您要找的是不是 utter ask？"),
            (["config", "nix"], "没有 config nix 这个命令；utter config 有：check、show。"),
            (["你好"], "没有 你好 这个命令。要问这个问题，请输入：utter ask \"你好\"。全部命令：utter --help"),
            (["为什么", "呢"], "缺少命令。要问这个问题，请输入：utter ask \"为什么 呢\"。全部命令：utter --help"),
        ] as [([String], String)])
    func inChinese(_ arguments: [String], _ message: String) {
        #expect(CommandMistake.find(in: arguments, words: Bilingual(isChinese: true))?.message == message)
    }

    @Test(
        "is not a mistake if it is a command or an option",
        arguments: [
            [], ["ask", "Why?"], ["--help"], ["--version"], ["help"], ["help", "ask"], ["config", "check"],
            ["models"], ["models", "--url", "x"], ["models", "pull", "x"], ["config", "--help"], ["serve"],
            ["--generate-completion-script", "bash"],
        ])
    func commands(_ arguments: [String]) {
        #expect(CommandMistake.find(in: arguments) == nil)
    }
}
