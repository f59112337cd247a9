// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import Foundation
import TestSupport
import Testing
import Utterance

@testable import utter

@Suite("Messages in the language of the locale")
struct ShownMessageTests {
    @Test("Every fault has a Chinese sentence", arguments: Fault.Code.allCases)
    func faults(code: Fault.Code) throws {
        let chinese = try #require(ShownMessage.all[code.rawValue]).chinese
        #expect(chinese.last.map { "。：）".contains($0) || $0.isASCII } == true)
    }

    private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    /// The codes of the notices in a module's source.
    private static func notices(in modules: [String]) throws -> Set<String> {
        let files = try modules.flatMap { module in
            try FileManager.default.subpathsOfDirectory(atPath: "\(root)/Sources/\(module)")
                .filter { $0.hasSuffix(".swift") }.map { "\(root)/Sources/\(module)/\($0)" }
        }
        return Set(
            try files.flatMap { file in
                let text = String(decoding: try #require(readFile(file)), as: UTF8.self)
                return text.matches(of: /(?:Notice\(\s*|static let [a-zA-Z]*Code = )"([a-z_]+)"/).map { String($0.1) }
            })
    }

    /// Modules whose notices reach a listener; those of `Host` go to the log.
    private static let modules = [
        "Assistant", "DaemonAPI", "DaemonService", "LanguageModel", "Pipeline", "Playback", "Speech",
    ]

    @Test("Every notice has a Chinese sentence, on the terminal and on the page")
    func notices() throws {
        let daemon = try Self.notices(in: Self.modules)
        #expect(daemon.count >= 20)
        // The page doesn't show the MQTT broker; `none` is what its topic says if there is no fault.
        let broker = try Self.notices(in: ["MQTT"]).subtracting(["none"])
        #expect(broker.count >= 5)
        let all = daemon.union(broker).union(try Self.notices(in: ["utter"]))
        #expect(all.subtracting(ShownMessage.all.keys).sorted() == [])
        #expect(daemon.subtracting(try Self.pageCodes()).sorted() == [])
    }

    @Test("Every fault that a daemon can have has a sentence on the page")
    func faultsOnPage() throws {
        let commands: [Fault.Code] = [.inputUnreadable, .outputUnwritable, .outputFailed, .daemonUnreachable]
        let daemon = Set(Fault.Code.allCases).subtracting(commands).map(\.rawValue)
        #expect(Set(daemon).subtracting(try Self.pageCodes()).sorted() == [])
    }

    /// The codes that the page has a Chinese sentence for, or reports elsewhere.
    private static func pageCodes() throws -> Set<String> {
        let script = String(decoding: try #require(readFile("\(root)/Sources/Page/Web/errors.js")), as: UTF8.self)
        let told = script.matches(of: /\n  ([a-z_]+): \[/).map { String($0.1) }
        let superfluous = script.firstMatch(of: /superfluous = new Set\(\['([a-z_]+)'\]\)/).map { String($0.1) }
        return Set(told + [try #require(superfluous)])
    }

    @Test("English is unchanged; Chinese includes the English sentence if that names more")
    func texts() {
        let (english, chinese) = (Bilingual(isChinese: false), Bilingual(isChinese: true))
        #expect(ShownMessage.text("model_not_found", "No model x.", english) == "No model x.")
        #expect(ShownMessage.text("model_not_found", "No model x.", chinese).hasSuffix("安装。\nNo model x."))
        #expect(ShownMessage.text("answer_empty", "Empty.", chinese) == "模型的回答是空的。请再问一次，或换一个模型。")
        let chosen = Notice.modelChosen("llama3.2:latest")
        #expect(
            ShownMessage.text(chosen.code, chosen.message, chinese)
                == "llama3.2:latest 回答；可用 --model 或 model.name 换一个模型。")
        #expect(ShownMessage.text("never_heard_of", "Text.", chinese) == "Text.")
    }

    @Test(
        "The locale is the first of LC_ALL, LC_MESSAGES and LANG that is set",
        arguments: [
            (["LANG": "zh_CN.UTF-8"], true), (["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"], false),
            (["LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"], true), (["LC_ALL": "", "LANG": "zh"], true), ([:], false),
            (["LANG": "C.UTF-8"], false),
        ] as [([String: String], Bool)])
    func locale(environment: [String: String], isChinese: Bool) {
        #expect(Bilingual(environment: environment).isChinese == isChinese)
    }
}
