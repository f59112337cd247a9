// SPDX-License-Identifier: GPL-3.0-or-later
import Assistant
import LanguageModel
import Playback
import Settings
import Utterance

/// Asks the user what the settings should be. It writes nothing, but pulls a model if the user agrees.
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
        guard try await askForDevice(), try await askForVolume(), try await askForLanguage() else { return false }
        return true
    }

    /// Records a value that differs from the one in force.
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

    /// Asks for a number from a list that starts at 1; an empty answer means `fallback`.
    ///
    /// - Parameter refusal: why a number of the list can't be chosen; `nil` if it can.
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
}

/// What the setup needs of the machine.
struct SetupWorld: Sendable {
    /// The model servers to try, in this order.
    var servers: @Sendable (Settings) throws -> [ModelServer]
    var devices: @Sendable () -> [PlaybackDevice]
    /// Speaks a text on the settings' device; returns the fault if the device can't be opened.
    var speak: @Sendable (_ text: String, Settings) async throws -> Fault?
    var pull: @Sendable (ModelServer, _ model: String) async throws -> Void
}

/// A choice that may be none.
struct Choice<Value> {
    var value: Value?
}

extension Setup {
    /// - Returns: a server that answers, or none if the user continues without; `nil` at the end of the input.
    mutating func askForServer() async throws -> Choice<ModelServer>? {
        head(1, "Model server", "模型服务器")
        if settings.model.provider == nil { try set("model", "provider", "ollama") }
        for server in try world.servers(settings) {
            if let greeting = await greeting(of: server) {
                person.say("   \(greeting)\n")
                try keep(server)
                return Choice(value: server)
            }
            say(
                "Nothing answers at \(server.configuration.address).\n",
                "\(server.configuration.address) 没有应答。\n")
        }
        say(
            "Ollama is at https://ollama.com; without a server the built-in demo answers.\n",
            "Ollama 见 https://ollama.com；没有服务器时由内置的演示回答。\n")
        while true {
            say(
                "Address of another server [none]: ",
                "其他服务器的地址 [没有]：")
            guard let line = try await person.answer() else { return nil }
            if line.allSatisfy(\.isWhitespace) { return Choice(value: nil) }
            if let server = try await server(at: line) { return Choice(value: server) }
        }
    }

    /// The server at an address that the user entered, whichever protocol it speaks; `nil` after saying why not.
    private mutating func server(at text: String) async throws -> ModelServer? {
        let key = try world.servers(settings).first?.configuration.key
        var reason: Fault?
        for provider in Provider.allCases {
            do {
                let address = try ServerAddress(text)
                let server = ModelServer(
                    .init(provider: provider, address: address, key: key, limits: SetupWorld.limits))
                _ = try await server.installedModels()
                person.say("   \(await greeting(of: server) ?? "")\n")
                try keep(server)
                return server
            } catch let fault as Fault {
                reason = fault
                if fault.code == .modelUnreachable { break }
            }
        }
        person.say("   \(reason?.message ?? "")\n")
        return nil
    }

    /// A sentence about the server; `nil` if it does not answer.
    private func greeting(of server: ModelServer) async -> String? {
        let address = server.configuration.address
        guard (try? await server.installedModels()) != nil else { return nil }
        guard server.configuration.provider.managesModels else {
            return words("A model server answers at \(address).", "\(address) 有模型服务器应答。")
        }
        let version = ((try? await server.version()) ?? nil) ?? ""
        return words("Ollama \(version) answers at \(address).", "\(address) 有 Ollama \(version) 应答。")
    }

    /// The default address is left out. Any other is written, since a service has a different environment.
    private mutating func keep(_ server: ModelServer) throws {
        let provider = server.configuration.provider
        if !provider.managesModels || settings.model.provider?.managesModels != true {
            try set("model", "provider", .string(provider.rawValue))
        }
        let address = server.configuration.address
        let isNamed =
            try settings.model.url.map { try ServerAddress($0) == address }
            ?? (address == provider.defaultAddress ?? .ollamaDefault)
        if !isNamed { try set("model", "url", .string("\(address)")) }
    }

    /// - Returns: false at the end of the input.
    mutating func askForModel(at server: ModelServer) async throws -> Bool {
        head(2, "Model", "模型")
        var installed = try await server.installedModels().filter(\.canChat)
        if installed.isEmpty, server.configuration.provider.managesModels {
            let model = SmallModel.fitting(server.memory)
            let size = String(bytes: model.size)
            let question = words(
                "   None is installed. Pull \(model.name) now (\(size), English and Chinese)? [Y/n] ",
                "   没有安装模型。现在下载 \(model.name) 吗（\(size)，中文和英文）？[Y/n] ")
            guard try await person.confirm(question) else { return true }
            try await world.pull(server, model.name)
            installed = try await server.installedModels().filter(\.canChat)
        }
        guard !installed.isEmpty else { return true }
        let loaded = (try? await server.loadedModels()) ?? []
        let choice = ModelChoice.choose(from: installed, loaded: loaded, memory: server.memory)
        let preferred = settings.model.name ?? choice?.name ?? ""
        let width = installed.map(\.name.columns).max() ?? 0
        for (index, model) in installed.enumerated() {
            let size = model.size.map { "  " + String(bytes: $0) } ?? ""
            person.say("   \(index + 1)  \(model.name.printable.padded(to: size.isEmpty ? 0 : width))\(size)\n")
        }
        let fallback = (installed.firstIndex { $0.name.isSameModel(as: preferred) } ?? 0) + 1
        let question = words("Which one answers (0: whichever fits)?", "用哪一个（0：自动选择合适的）？")
        guard let number = try await choose(question, upTo: installed.count, fallback: fallback) else { return false }
        try set("model", "name", .string(number == 0 ? "" : installed[number - 1].name))
        return true
    }
}

extension Setup {
    /// Has every device say its number, and asks which one was heard.
    ///
    /// - Returns: false at the end of the input.
    mutating func askForDevice() async throws -> Bool {
        head(3, "Loudspeaker: each device says its number.", "扬声器：每个设备说出自己的编号。")
        let devices = Self.candidates(of: world.devices(), current: settings.playback.device)
        while true {
            let working = try await speakNumbers(on: devices)
            guard !working.isEmpty else {
                say(
                    "None can be opened; answers are written to WAV files.\n",
                    "没有能打开的设备；回答会写进 WAV 文件。\n")
                return true
            }
            let question = words("Which number did you hear (0: none, or say them again)?", "您听到的是几号（0：没有，再说一遍）？")
            let numbers = working.map { "\($0)" }.joined(separator: ", ")
            let words = words
            let number = try await choose(question, upTo: devices.count, fallback: working[0]) { number in
                number == 0 || working.contains(number)
                    ? nil
                    : words(
                        "Device \(number) can't be opened; choose one of \(numbers), or 0: ",
                        "\(number) 号打不开；请选择 \(numbers)，或 0：")
            }
            guard let number else { return false }
            if number == 0 {
                guard try await goesOnListening() else { return true }
            } else {
                try set("playback", "device", .string(devices[number - 1].name))
                return true
            }
        }
    }

    private mutating func goesOnListening() async throws -> Bool {
        try await person.confirm(
            words(
                "   Is it plugged in and not muted (alsamixer shows that)? Say them again? [Y/n] ",
                "   接好了吗？有没有静音（用 alsamixer 查看）？再说一遍吗？[Y/n] "))
    }

    /// - Returns: the numbers of the devices that could be opened.
    private mutating func speakNumbers(on devices: [PlaybackDevice]) async throws -> [Int] {
        let width = devices.map(\.name.columns).max() ?? 0
        var working: [Int] = []
        person.ignoreInput()
        defer { person.acceptInput() }
        for (index, device) in devices.enumerated() {
            let description = device.description.split(separator: "\n").joined(separator: ", ").printable
            person.say("   \(index + 1)  \(device.name.printable.padded(to: width))  \(description)")
            var trial = settings
            trial.playback.device = device.name
            let fault = try await world.speak(words("Number \(index + 1).", "\(index + 1) 号。"), trial)
            person.say(fault == nil ? "\n" : words("  (can't be opened)\n", "（打不开）\n"))
            if fault == nil { working.append(index + 1) }
        }
        return working
    }

    /// Devices worth trying: of ALSA's many names for a card the one that converts formats (plughw), and those that users
    /// and sound servers have defined; the device in force first.
    static func candidates(of devices: [PlaybackDevice], current: String) -> [PlaybackDevice] {
        // ALSA's plug-ins, which are not devices themselves.
        let plugins = ["null", "lavrate", "samplerate", "speexrate", "speex", "jack", "oss", "upmix", "vdownmix"]
        let worthwhile = devices.filter { device in
            let kind = device.name.prefix { $0 != ":" }
            return device.name == current
                || (kind == device.name ? !plugins.contains(device.name) : kind == "plughw")
        }
        let first = worthwhile.first { $0.name == current } ?? PlaybackDevice(name: current, description: "")
        return [first] + worthwhile.filter { $0.name != current }
    }

    /// Speaks on the chosen device; what is typed meanwhile is no answer to the question that follows.
    ///
    /// - Returns: false if the device can't be opened.
    private mutating func isHeard(_ sample: String) async throws -> Bool {
        person.ignoreInput()
        defer { person.acceptInput() }
        return try await world.speak(sample, settings) == nil
    }

    /// - Returns: false at the end of the input.
    mutating func askForVolume() async throws -> Bool {
        head(4, "Loudness", "音量")
        while true {
            let volume = settings.speech.volume
            let sample = words("This is how loud I speak.", "我说话就是这么响。")
            guard try await isHeard(sample) else { return true }
            let question = words(
                "   Volume in percent, 0 to 200; above 100 may distort", "   音量百分比，0 到 200；超过 100 可能失真")
            let again = words("   A number from 0 to 200, please: ", "   请输入 0 到 200 的数字：")
            let answer = try await person.ask("\(question) [\(volume)] ", fallback: volume, again: { _ in again }) {
                Int($0).flatMap { (0...200).contains($0) ? $0 : nil }
            }
            guard let answer else { return false }
            if answer == volume { return true }
            try set("speech", "volume", .integer(answer))
        }
    }

    /// - Returns: false at the end of the input.
    mutating func askForLanguage() async throws -> Bool {
        head(5, "Language of text in Latin letters", "拉丁字母文字的语言")
        let current = settings.text.language ?? "auto"
        say(
            "It is read as en, de, fr …; Chinese and other scripts are recognized by themselves.\n",
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
