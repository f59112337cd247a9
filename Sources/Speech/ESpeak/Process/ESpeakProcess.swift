// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Utterance

/// The eSpeak NG process crashed or hung while it spoke a text; a new one has been started.
struct SpeechCrash: Error {}

/// eSpeak NG in its own process, which is restarted when it ends.
@SpeechThread
final class ESpeakProcess: SpeechLibrary {
    struct Limits {
        /// The process must be ready within this time. A machine that is loading a model takes long to start a program.
        var start = Duration.seconds(30)
        /// A process that sends nothing for this long counts as hung.
        var answer = Duration.seconds(5)
        /// A synthesis that is no longer wanted must end within this time, or the process is killed.
        var cancellation = Duration.milliseconds(200)
    }

    private(set) var version = ""
    private(set) var format = PCMFormat(rate: 22_050)
    private(set) var catalogue = VoiceCatalogue(voices: [])
    /// Whether the process could drop the rights that it doesn't need.
    private(set) var isConfined = false

    private let arguments: [String]
    private let limits: Limits
    private let restarted: @Sendable (String) -> Void
    private var process: SpeechProcess?
    /// The process ID; 0 if there is none.
    nonisolated let identifier = Atomic<Int32>(0)

    /// Starts the process.
    ///
    /// - Parameters:
    ///   - arguments: the program, and the arguments that make it call ``SpeechServer/run()``.
    ///   - restarted: called with what ended a process, whenever a new one replaces it.
    init(_ arguments: [String], limits: Limits = Limits(), restarted: @escaping @Sendable (String) -> Void) throws {
        self.arguments = arguments
        self.limits = limits
        self.restarted = restarted
        _ = try start()
    }

    func prepare(voice: String, settings: ESpeak.Settings) throws {
        let process = try process ?? start()
        do {
            try process.socket.send(.prepare(voice: voice, settings: settings))
            try receive(from: process, nil)
        } catch is SpeechCrash {
            throw Fault.notAnswering(restart())
        }
    }

    /// Synthesizes a text in the process.
    ///
    /// - Throws: ``SpeechCrash``; `Fault` if the process is gone; ``SpeechFault``.
    func speak(_ text: String, voice: String, settings: ESpeak.Settings, into sound: any ESpeakSound) throws {
        let request = Frame.speak(text, voice: voice, settings: settings)
        let process = try send(request)
        do {
            try receive(from: process, sound, atMost: format.frames(in: Self.longestSound(of: text)))
        } catch is SpeechCrash {
            restarted(restart())
            throw SpeechCrash()
        }
    }

    /// Sends a request to the process, or to a new one if it ended while it was idle.
    private func send(_ request: Frame) throws -> SpeechProcess {
        let process = try process ?? start()
        // The process never sends anything unasked: if there is input, it has ended.
        if !process.socket.waitForInput(atMost: .zero), (try? process.socket.send(request)) != nil { return process }
        restarted(restart())
        let next = try self.process ?? start()
        do { try next.socket.send(request) } catch { throw Fault.notAnswering(restart()) }
        return next
    }

    // MARK: Receive

    /// A process that sends more sound than this for a text is not speaking it. Generous: eSpeak NG names symbols, and
    /// reads numbers as words.
    private static func longestSound(of text: String) -> Duration {
        Duration.seconds(10) + Duration.seconds(5) * text.utf8.count
    }

    /// Receives frames until the synthesis has ended.
    ///
    /// - Parameter most: how many samples may come.
    private func receive(from process: SpeechProcess, _ sound: (any ESpeakSound)?, atMost most: Int = 0) throws {
        let clock = MonotonicClock()
        var room = most
        var isCancelled = false
        var standstill = Standstill(limit: limits.answer, at: clock.now)
        while true {
            if !isCancelled, sound?.isWanted == false || Task.isCancelled {
                isCancelled = true
                standstill = Standstill(limit: limits.cancellation, at: clock.now)
                do { try process.socket.send(Frame(.cancel)) } catch { throw SpeechCrash() }
            }
            if process.socket.waitForInput(atMost: Self.glance) {
                if try takeFrame(of: process, isCancelled ? nil : sound, &room) { return }
                if !isCancelled { standstill.noteProgress(at: clock.now) }
            } else if standstill.isCertain(at: clock.now) {
                throw SpeechCrash()
            }
        }
    }

    /// How often to check for a stop.
    private static let glance = Duration.milliseconds(20)

    /// - Parameters:
    ///   - sound: `nil` if no more sound is wanted.
    ///   - room: how many more samples may come; a frame without any counts as one.
    /// - Returns: whether it was the last frame.
    private func takeFrame(
        of process: SpeechProcess, _ sound: (any ESpeakSound)?, _ room: inout Int
    ) throws -> Bool {
        do {
            var frame = try process.socket.receive()
            switch frame.kind {
            case .sound:
                let words = try frame.readWords()
                let samples = try frame.readSamples()
                room -= max(1, samples.count)
                guard room >= 0 else { throw Frame.Malformed() }
                for word in words { sound?.receive(word) }
                _ = sound?.receive(samples.span)
                return false
            case .finished: return true
            case .engineFailed: throw Fault(.speechFailed, try frame.readText())
            case .textFailed: throw SpeechFault.text(Fault(.speechFailed, try frame.readText()))
            case .prepare, .speak, .cancel, .greeting: throw Frame.Malformed()
            }
        } catch is FrameSocket.Closed {
            throw SpeechCrash()
        } catch is Frame.Malformed {
            throw SpeechCrash()
        }
    }

    // MARK: Start

    private func start() throws -> SpeechProcess {
        let process = try SpeechProcess(arguments, limit: limits.answer)
        do {
            guard process.socket.waitForInput(atMost: limits.start) else { throw Fault.notAnswering("silent") }
            var greeting = try process.socket.receive()
            if greeting.kind == .engineFailed { throw Fault(.speechFailed, try greeting.readText()) }
            guard greeting.kind == .greeting else { throw Frame.Malformed() }
            take(try greeting.readGreeting())
        } catch {
            let reason = process.end()
            throw error as? Fault ?? .notAnswering(reason)
        }
        self.process = process
        identifier.store(process.identifier, ordering: .relaxed)
        return process
    }

    private func take(_ greeting: Frame.Greeting) {
        version = greeting.version
        format = greeting.format
        isConfined = greeting.isConfined
        catalogue = greeting.catalogue
    }

    /// - Returns: how the process ended.
    private func restart() -> String {
        let reason = process?.end() ?? ""
        process = nil
        identifier.store(0, ordering: .relaxed)
        // If it doesn't start, the next piece tries again and reports why.
        _ = try? start()
        return reason
    }
}
