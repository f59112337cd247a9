// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import Utterance
import WyomingFrames

/// The client's side of Wyoming's text to speech. A connection for each request: to close it is to stop.
struct Wyoming {
    let server: HTTPServer
    let connectLimit: Duration

    /// The most voices that are listed.
    private static let mostVoices = 2_000

    /// Has a text spoken.
    ///
    /// Only `synthesize` is sent, never a stream: a piece is one sentence at most, and wyoming-piper answers no
    /// `synthesize` on a connection that had a stream before.
    ///
    /// - Throws: ``VoiceServerFailure``, ``WyomingDecoder/Malformed``, `ConnectionFailure`, `CancellationError`.
    func sound(of text: String, voice: String?, speaker: String?, limit: Duration) async throws -> ServedSound {
        var data: [String: JSONValue] = ["text": .string(text)]
        if let voice {
            // A null in it would be rejected.
            var chosen: [String: JSONValue] = ["name": .string(voice)]
            if let speaker { chosen["speaker"] = .string(speaker) }
            data["voice"] = .object(chosen)
        }
        var sound = ServedSound(limit: limit)
        var start: [String: JSONValue] = [:]
        try await ask(WyomingEvent("synthesize", data)) { event in
            switch event.type {
            case "audio-start":
                start = event.data
            case "audio-chunk":
                let coding = try coding(event.data.merging(start) { own, _ in own })
                try sound.append(event.payload, coding)
            case "audio-stop":
                return true
            case "error":
                throw VoiceServerFailure.rejected(event.data["text"]?.text ?? "")
            default: break
            }
            return false
        }
        return sound
    }

    /// - Throws: as ``sound(of:voice:speaker:limit:)``.
    func describe() async throws -> [ServerVoice] {
        var voices: [ServerVoice] = []
        try await ask(WyomingEvent("describe")) { event in
            guard event.type == "info" else { return false }
            for program in event.data["tts"]?.elements ?? [] where program["installed"] != .bool(false) {
                for voice in program["voices"]?.elements ?? [] where voice["installed"] != .bool(false) {
                    guard let name = voice["name"]?.text, !name.isEmpty, name.utf8.count <= 200,
                        voices.count < Self.mostVoices
                    else { continue }
                    let languages = voice["languages"]?.elements?.compactMap(\.text) ?? []
                    voices.append(ServerVoice(name: name.printable, languages: languages.map(\.printable)))
                }
            }
            return true
        }
        return voices
    }

    /// Sends a request and takes events until one is the last.
    private func ask(_ request: WyomingEvent, take: (WyomingEvent) throws -> Bool) async throws {
        let stream = try await ByteStream.connect(to: server, within: connectLimit)
        stream.send(try request.bytes)
        var decoder = WyomingDecoder()
        for try await bytes in stream.received {
            decoder.append(bytes)
            while let event = try decoder.next() {
                if try take(event) { return }
            }
        }
        throw VoiceServerFailure.closed
    }

    private func coding(_ data: [String: JSONValue]) throws -> ServedSound.Coding {
        func number(_ key: String) throws -> Int {
            guard case .integer(let number)? = data[key] else {
                throw VoiceServerFailure.malformed("its sound has no \(key)")
            }
            return number
        }
        return try ServedSound.coding(
            rate: try number("rate"), width: try number("width"), channels: try number("channels"))
    }
}
