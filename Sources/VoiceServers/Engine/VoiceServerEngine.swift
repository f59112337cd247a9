// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
package import Speech
import Synchronization
package import Utterance

/// Speaks through voice servers; another engine speaks what they can't.
///
/// Each run of a piece goes to the first server whose voice reads its language. If a server fails, the other engine speaks
/// that part of the piece and the rest of the answer: a voice that changes with each sentence is worse than a plain one.
/// All sound has the other engine's format, so the device stays open as it is.
package final class VoiceServerEngine: SpeechEngine {
    /// The voice that reads a run.
    private struct Reader {
        let index: Int
        let voice: String?
        let languages: [String]
    }

    private let base: any SpeechEngine
    let servers: [KnownServer]
    private let clock: any MomentClock
    /// Answers for which a server failed, by server; the latest.
    private let failures = Mutex<[(answer: String, server: Int)]>([])

    private static let mostFailures = 32

    /// - Parameters:
    ///   - base: speaks what the servers can't.
    ///   - servers: in order of preference.
    package init(base: any SpeechEngine, servers: [VoiceServer], clock: any MomentClock = MonotonicClock()) {
        self.base = base
        self.clock = clock
        self.servers = servers.map { KnownServer($0, clock: clock) }
    }

    package var name: String { base.name }
    package var abilities: SpeechAbilities { base.abilities }

    package func expectedFormat(_ parameters: VoiceParameters) -> PCMFormat {
        base.expectedFormat(baseParameters(parameters))
    }

    package func respond() async { await base.respond() }

    // MARK: Voices

    package var voices: [Voice] {
        servers.flatMap { known in
            known.voices.map { voice in
                Voice(
                    name: listedName(of: voice, known), identifier: "\(known.server.name)/\(voice.name)",
                    languages: voice.knownLanguages, isServed: true)
            }
        } + base.voices
    }

    /// The name that people see.
    private func listedName(of voice: ServerVoice, _ known: KnownServer) -> String {
        "\(voice.name) (\(known.server.name))"
    }

    package func refreshVoices() async {
        await withTaskGroup(of: Void.self) { group in
            for known in servers { group.addTask { await known.list() } }
        }
    }

    package func check(_ parameters: VoiceParameters) throws(Fault) {
        try base.check(baseParameters(parameters))
    }

    package func voice(for language: String, _ parameters: VoiceParameters) -> ChosenVoice {
        guard let reader = reader(of: language, parameters, answer: nil) else {
            return base.voice(for: language, baseParameters(parameters))
        }
        let server = servers[reader.index].server.name
        let name = reader.voice.map { "\(server)/\($0)" } ?? server
        return ChosenVoice(
            Voice(name: name, identifier: name, languages: reader.languages, isServed: true), isSubstitute: false)
    }

    package func spelling(of run: SpokenRun, _ parameters: VoiceParameters) -> String {
        guard reader(of: run.language, parameters, answer: nil) == nil else { return run.text }
        return base.spelling(of: run, baseParameters(parameters))
    }

    /// The server and voice that a name means: a server's name, a voice's, or both as in `piper/en_US-joe-medium`.
    private func named(_ name: String) -> (index: Int, voice: String?)? {
        let name = name.lowercased()
        for (index, known) in servers.enumerated() {
            let server = known.server.name.lowercased()
            if name == server { return (index, known.server.voice) }
            // Also while the server is away, so that a restart without it works.
            if name.hasPrefix(server + "/") {
                let voice = name.dropFirst(server.count + 1)
                return (index, known.voices.first { $0.name.lowercased() == voice }?.name ?? String(voice))
            }
        }
        for (index, known) in servers.enumerated() {
            let voice = known.voices.first { voice in
                [voice.name, listedName(of: voice, known)].contains { $0.lowercased() == name }
            }
            if let voice { return (index, voice.name) }
        }
        return nil
    }

    /// The parameters for the other engine, which knows nothing of the servers' voices.
    private func baseParameters(_ parameters: VoiceParameters) -> VoiceParameters {
        guard parameters.voice.lowercased() != "auto", named(parameters.voice) != nil else { return parameters }
        var parameters = parameters
        parameters.voice = "auto"
        return parameters
    }

    /// The voice that reads a language; `nil` if it is one of the other engine's.
    private func reader(of language: String, _ parameters: VoiceParameters, answer: String?) -> Reader? {
        let named = named(parameters.voice)
        // Any other name is that of one of the other engine's voices.
        guard named != nil || parameters.voice.lowercased() == "auto" else { return nil }
        if let named {
            let known = servers[named.index]
            let listed = known.voices.first { $0.name == named.voice }?.knownLanguages ?? []
            var languages = named.voice == known.server.voice ? known.languages : listed
            if languages.isEmpty { languages = [parameters.language] }
            if languages.contains(where: { $0.reads(language) }) {
                return usable(Reader(index: named.index, voice: named.voice, languages: languages), answer)
            }
        }
        for (index, known) in servers.enumerated() where index != named?.index {
            let languages = known.languages
            guard languages.contains(where: { $0.reads(language) }) else { continue }
            if let reader = usable(Reader(index: index, voice: known.server.voice, languages: languages), answer) {
                return reader
            }
        }
        return nil
    }

    /// The reader, unless its server failed and is not back yet, or failed in this answer.
    private func usable(_ reader: Reader, _ answer: String?) -> Reader? {
        if case .failed = servers[reader.index].state.read(\.phase) {
            if let answer { noteFailure(answer, reader.index) }
            return nil
        }
        let hasFailed = failures.withLock { failures in
            failures.contains { $0.answer == answer && $0.server == reader.index }
        }
        return hasFailed ? nil : reader
    }

    private func noteFailure(_ answer: String, _ server: Int) {
        guard !answer.isEmpty else { return }
        failures.withLock { failures in
            guard !failures.contains(where: { $0.answer == answer && $0.server == server }) else { return }
            failures.append((answer, server))
            if failures.count > Self.mostFailures { failures.removeFirst() }
        }
    }

    // MARK: Speech

    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for known in servers { group.addTask { await known.run() } }
        }
    }

    package func leadTime(for runs: [SpokenRun], _ parameters: VoiceParameters) -> Duration {
        runs.reduce(.zero) { time, run in
            guard let reader = reader(of: run.language, parameters, answer: nil) else { return time }
            let making = servers[reader.index].state.current.making(VoiceParameters.usualTime(of: run.text))
            // A machine that is busy may need longer than it did for the piece before.
            return time + making * 2
        }
    }

    package func synthesize(
        _ runs: [SpokenRun], _ parameters: VoiceParameters, for demand: SpeechDemand, into sink: @escaping SpeechSink
    ) async throws -> Synthesis {
        var piece = ServedPiece(
            base: base, baseParameters: baseParameters(parameters), parameters: parameters,
            ahead: demand.ahead, clock: clock, sink: sink)
        for run in runs where piece.isWanted {
            try await speak(run, parameters, demand.answer, in: &piece)
        }
        // The runs at the end that the other engine speaks.
        try await piece.flush()
        return piece.synthesis
    }

    private func speak(
        _ run: SpokenRun, _ parameters: VoiceParameters, _ answer: String, in piece: inout ServedPiece
    ) async throws {
        guard let reader = reader(of: run.language, parameters, answer: answer), parameters.volume > 0 else {
            for known in servers {
                if let notice = known.takeNotice(ifReading: run.language) { piece.add(notice) }
            }
            return piece.leave(run)
        }
        let known = servers[reader.index]
        var start = 0
        let length = run.text.utf8.count
        while start < length, piece.isWanted {
            let end =
                piece.ahead.map { ahead in
                    let budget = max(ahead - .milliseconds(100), .milliseconds(200))
                    let state = known.state.current
                    return TextParts.end(
                        of: run.text, from: start, within: budget, cutsAtWords: state.isPaceMeasured,
                        making: state.making)
                } ?? length
            let part = run.text.bytes(start..<end)
            do {
                try await piece.speak(part, by: known, voice: reader.voice)
                if let notice = known.takeNotice() { piece.add(notice) }
            } catch is VoiceServerFailure {
                noteFailure(answer, reader.index)
                if let notice = known.takeNotice() { piece.add(notice) }
                return piece.leave(SpokenRun(language: run.language, text: run.text.bytes(start..<length)))
            }
            start = end
        }
    }
}

extension KnownServer {
    /// What to tell the user, once for each change.
    func takeNotice() -> Notice? {
        state.change { $0.takeNotice(of: server.name) }
    }

    /// What to tell the user about a failed server that would have read this language.
    func takeNotice(ifReading language: String) -> Notice? {
        guard case .failed = state.read(\.phase), languages.contains(where: { $0.reads(language) }) else { return nil }
        return takeNotice()
    }
}
