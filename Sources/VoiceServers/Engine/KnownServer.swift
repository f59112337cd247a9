// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import SoundCoding
import Speech
import Utterance

/// A voice server and what is known of it.
struct KnownServer: Sendable {
    let server: VoiceServer
    let state = Watched(ServerState())
    let clock: any MomentClock

    /// How long listing the voices may take: a server that is speaking answers only when it has finished.
    private static let listLimit = Duration.seconds(5)
    /// How long loading a model may take.
    private static let loadLimit = Duration.seconds(60)
    private static let pauses = Duration.seconds(1)...Duration.seconds(60)

    init(_ server: VoiceServer, clock: any MomentClock) {
        self.server = server
        self.clock = clock
    }

    // MARK: Voices

    /// The voices that may be asked for by name.
    var voices: [ServerVoice] {
        let listed = state.read(\.voices) ?? []
        guard let name = server.voice else { return listed }
        let own = ServerVoice(name: name, languages: languages)
        return [own] + listed.filter { $0.name != name }
    }

    /// What the configured voice reads; empty if that is not known.
    var languages: [String] {
        guard server.languages.isEmpty else { return server.languages }
        let listed = state.read(\.voices) ?? []
        if let name = server.voice {
            return (listed.first { $0.name == name } ?? ServerVoice(name: name, languages: [])).knownLanguages
        }
        // A server does not say which of its voices it uses by default.
        let known = listed.map(\.knownLanguages)
        guard let first = known.first?.first, known.allSatisfy({ $0.allSatisfy(first.reads) && !$0.isEmpty }) else {
            return []
        }
        return [first]
    }

    /// Asks the server for its voices, if it answers in time.
    func list() async {
        do { try await list(within: Self.listLimit) } catch {}
    }

    /// - Throws: ``VoiceServerFailure``, `CancellationError`.
    func list(within limit: Duration) async throws {
        let voices = try await withLimit(limit, clock: clock) { [server] in try await server.describe() }
        guard let voices else { throw VoiceServerFailure.late }
        state.change { $0.voices = voices }
    }

    // MARK: Warming up

    /// Makes the server load its model, now and after each failure, until the task is cancelled.
    func run() async {
        var pause = Self.pauses.lowerBound
        while !Task.isCancelled {
            if await warmUp() {
                pause = Self.pauses.lowerBound
                let failed = try? await state.wait { state in if case .failed = state.phase { true } else { nil } }
                guard failed != nil else { return }
            }
            do { try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: .seconds(1)) } catch { return }
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    /// - Returns: whether it speaks.
    private func warmUp() async -> Bool {
        if state.read(\.voices) == nil { await list() }
        do {
            _ = try await fetch(greeting, voice: server.voice, within: Self.loadLimit)
            return true
        } catch { return false }
    }

    /// Something short that its voice can say.
    var greeting: String { languages.first?.reads("zh") == true ? "你好。" : "Hello." }

    /// Has a text spoken, and notes how that went.
    ///
    /// - Throws: ``VoiceServerFailure``, `CancellationError`.
    func fetch(_ text: String, voice: String?, within limit: Duration) async throws -> ServedSound {
        let usual = VoiceParameters.usualTime(of: text)
        let start = clock.now
        do {
            let most = .seconds(3) + usual * 3
            let sound = try await withLimit(limit, clock: clock) { [server] in
                try await server.sound(of: text, voice: voice, limit: most)
            }
            guard let sound else { throw VoiceServerFailure.late }
            guard let coding = sound.coding, !sound.isEmpty else { throw VoiceServerFailure.noSound }
            let length = PCMFormat(rate: coding.rate).duration(ofFrames: sound.frames)
            state.change { $0.succeeded(length, in: start.duration(to: clock.now)) }
            return sound
        } catch let failure as VoiceServerFailure {
            state.change { $0.failed(failure) }
            throw failure
        } catch {
            state.change { $0.dropped(usual, at: clock.now) }
            throw error
        }
    }
}
