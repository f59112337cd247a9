// SPDX-License-Identifier: GPL-3.0-or-later
import Settings
import Utterance

/// Asks the user for settings. It writes nothing, but pulls a model if the user agrees.
struct Setup<Person: Dialogue> {
    var person: Person
    let world: SetupWorld
    let words: Bilingual
    /// The settings with the answers so far.
    private(set) var settings: Settings
    /// The changes to write.
    private(set) var changes: [SettingsChange] = []

    init(person: Person, world: SetupWorld, settings: Settings, words: Bilingual) {
        self.person = person
        self.world = world
        self.settings = settings
        self.words = words
    }

    /// - Returns: whether all questions were answered.
    /// - Throws: what pulling a model throws; a fault of the voice.
    mutating func run() async throws -> Bool {
        person.say(
            words(
                "A few questions; return accepts the value in [brackets]. Nothing is written before you agree.\n",
                "几个问题；直接按回车就用 [方括号] 里的值。在您同意之前不会写入任何东西。\n"))
        guard let server = try await askForServer() else { return false }
        if let server = server.value, try await !askForModel(at: server) { return false }
        guard try await askForDevice(), try await askForVolume(), try await askForLanguage(),
            try await askForVoice()
        else { return false }
        return true
    }

    /// Records a value that differs from the current one.
    mutating func set(_ section: String, _ key: String, _ value: JSONValue) throws(SettingsError) {
        let change = SettingsChange(section, key, value)
        let changed = try settings.changed(by: [change])
        changes.removeAll { $0.section == section && $0.key == key }
        var (before, after) = (settings, changed)
        (before.origins, after.origins) = ([:], [:])
        if before != after { changes.append(change) }
        settings = changed
    }

    mutating func head(_ number: Int, _ english: String, _ chinese: String) {
        person.say("\n\(number). " + words(english, chinese) + "\n")
    }

    func say(_ english: String, _ chinese: String) {
        person.say("   " + words(english, chinese))
    }

    /// Asks for a number from a list that starts at 1. An empty answer means `fallback`.
    ///
    /// - Parameter refusal: why a number from the list can't be chosen; `nil` if it can.
    mutating func choose(
        _ question: String, upTo count: Int, fallback: Int, refusal: (Int) -> String? = { _ in nil }
    ) async throws -> Int? {
        let words = words
        func number(_ text: String) -> Int? { Int(text).flatMap { (0...count).contains($0) ? $0 : nil } }
        return try await person.ask(
            "   \(question) [\(fallback)] ", fallback: fallback,
            again: { text in
                "   "
                    + (number(text).flatMap(refusal)
                        ?? words("A number from 0 to \(count), please: ", "请输入 0 到 \(count) 的数字："))
            },
            read: { text in number(text).flatMap { refusal($0) == nil ? $0 : nil } })
    }

    /// - Returns: `false` at the end of the input.
    mutating func askForLanguage() async throws -> Bool {
        head(5, "Language of text in Latin letters", "拉丁字母文字的语言")
        let current = settings.text.language ?? "auto"
        say(
            "It is read as en, de, fr …; Chinese and other scripts are recognized automatically.\n",
            "按 en、de、fr…… 来读；中文等其他文字会自动识别，不用设置。\n")
        let question = words("   Language (auto: that of your locale)", "   语言（auto：按系统区域设置）")
        let trial = settings
        let words = words
        let again: (String) -> String = { text in
            words(
                "   There is no language \"\(text.printable)\"; en, de, fr …, or auto: ",
                "   没有“\(text.printable)”这种语言；请输入 en、de、fr……，或 auto：")
        }
        let answer = try await person.ask("\(question) [\(current)] ", fallback: current, again: again) { text in
            (try? trial.changed(by: [SettingsChange("text", "language", .string(text))])) == nil ? nil : text
        }
        guard let answer else { return false }
        try set("text", "language", .string(answer))
        return true
    }
}
