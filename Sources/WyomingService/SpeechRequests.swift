// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonAPI
import DaemonService
import NIOCore
import Pipeline
import Speech
import Utterance
import WyomingFrames

/// Makes the sound of the texts that a client sends, whole or while they are being written.
///
/// A whole text comes as `synthesize`; one that is being written as `synthesize-start`, `-chunk`, `-stop`, and a
/// `synthesize` between them repeats it for servers that don't know the others. All sound of a request has one format,
/// since Home Assistant makes one file of it.
struct SpeechRequests {
    private let backend: WyomingBackend
    private let replies: WyomingReplies
    /// The text that is being written.
    private var stream: TextSound?
    private var characters = 0

    init(backend: WyomingBackend, replies: WyomingReplies) {
        self.backend = backend
        self.replies = replies
    }

    /// Takes an event, and returns once its sound was sent.
    ///
    /// - Throws: if the connection must end: after an error, since a streaming client would otherwise wait forever for
    ///   the end of the sound; if the connection is closed; `CancellationError`.
    mutating func take(_ event: WyomingEvent) async throws {
        do {
            switch event.type {
            case "synthesize" where stream == nil:
                try await begin(event.data)
                try await append(event.data)
                try await finish()
            case "synthesize-start": try await begin(event.data)
            case "synthesize-chunk": try await append(event.data)
            case "synthesize-stop":
                try await finish()
                try await replies.send("synthesize-stopped")
            default: break
            }
        } catch let error as SpeechFault {
            let fault =
                switch error {
                case .engine(let fault), .text(let fault): fault
                }
            try await replies.send(fault)
            throw error
        } catch let fault as Fault {
            try await replies.send(fault)
            throw fault
        }
    }

    private mutating func begin(_ data: [String: JSONValue]) async throws {
        let parameters = try await backend.scheduler.parameters(of: delivery(data["voice"] ?? .null))
        let sound = try TextSound(parameters, engine: backend.scheduler.engine, clock: backend.clock)
        try await replies.send("audio-start", sound.wyomingFormat)
        stream = sound
        characters = 0
    }

    private mutating func append(_ data: [String: JSONValue]) async throws {
        guard var sound = stream else { throw Fault(.usage, "synthesize-chunk comes before synthesize-start.") }
        guard let text = data["text"]?.text else { throw Fault(.usage, "There is no text.") }
        characters += text.count
        guard characters <= backend.longestText else {
            throw Fault(.usage, "The text has more than \(backend.longestText) characters.")
        }
        let format = sound.wyomingFormat
        try await sound.append(text) { [replies] in try await replies.send(sound: $0, format) }
        stream = sound
    }

    private mutating func finish() async throws {
        guard var sound = stream else { throw Fault(.usage, "synthesize-stop comes before synthesize-start.") }
        let format = sound.wyomingFormat
        try await sound.finish { [replies] in try await replies.send(sound: $0, format) }
        try await replies.send("audio-stop")
        stream = nil
    }

    /// - Parameter voice: its name, or else a language, for which one is chosen if there is any.
    private func delivery(_ voice: JSONValue) -> Delivery {
        var delivery = Delivery(policy: .queue)
        if let name = voice["name"]?.text {
            delivery.voice = name
        } else if let language = voice["language"]?.text {
            let tag = language.lowercased().split(separator: "_").joined(separator: "-")
            let engine = backend.scheduler.engine
            delivery.voice = [tag, tag.primaryLanguage].first { name in
                (try? engine.check(VoiceParameters(voice: name))) != nil
            }
        }
        return delivery
    }
}

extension TextSound {
    /// The format as Wyoming's audio events have it.
    fileprivate var wyomingFormat: [String: JSONValue] {
        ["rate": .integer(format.rate), "width": 2, "channels": 1]
    }
}
