// SPDX-License-Identifier: GPL-3.0-or-later
import LanguageModel
import Playback
import Settings
import Utterance

/// Finds out, with a person at the terminal, what the settings should be. It changes nothing outside itself, but a model
/// may be pulled, when the person wants that.
struct Setup<Person: Dialogue> {
    var person: Person
    let world: SetupWorld
    let words: Bilingual
    /// With the answers so far.
    private(set) var settings: Settings
    /// What is to be written.
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
                "A few questions; return takes what stands in [brackets]. Nothing is written before you agree.\n",
                "几个问题；直接按回车就用 [方括号] 里的值。在您同意之前不会写入任何东西。\n"))
        guard let server = try await askForServer() else { return false }
        if let server = server.value, try await !askForModel(at: server) { return false }
        guard try await askForDevice(), try await askForVolume(), try await askForLanguage() else { return false }
        return true
    }

    /// Remembers a value, if it is another than the one in force.
    mutating func set(_ section: String, _ key: String, _ value: JSONValue) throws(SettingsError) {
        let change = SettingsChange(section, key, value)
        let changed = try settings.changed(by: change)
        changes.removeAll { $0.section == section && $0.key == key }
        var (before, after) = (settings, changed)
        (before.origins, after.origins) = ([:], [:])
        if before != after { changes.append(change) }
        settings = changed
    }

    mutating func head(_ number: Int, _ english: String, _ chinese: String) {
        person.say("\n\(number). " + words(english, chinese) + "\n")
    }

    var again: String { words("   Once more: ", "   请再输入一次：") }

    /// A number from a list that begins with 1; a return is `fallback`.
    mutating func choose(_ question: String, upTo count: Int, fallback: Int) async throws -> Int? {
        try await person.ask("   \(question) [\(fallback)] ", fallback: fallback, again: again) { text in
            Int(text).flatMap { (0...count).contains($0) ? $0 : nil }
        }
    }
}

/// What the setup asks of the machine.
struct SetupWorld: Sendable {
    /// Where model servers are looked for, the first first.
    var servers: @Sendable (Settings) throws -> [ModelServer]
    var devices: @Sendable () -> [PlaybackDevice]
    /// Says a text on the settings' device; the fault, if that can't be opened.
    var speak: @Sendable (_ text: String, Settings) async throws -> Fault?
    var pull: @Sendable (ModelServer, _ model: String) async throws -> Void
}
