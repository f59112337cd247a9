// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import SoundCoding
import Speech
import TestSupport
import Testing
import Utterance

@testable import VoiceServers

@Suite("A server with OpenAI's speech", .timeLimit(.minutes(10))) struct OpenAISpeechTests {
    private func subject(_ server: FaultServer, key: String? = nil) -> VoiceServer {
        let url = HTTPURL(.tcp(host: "127.0.0.1", port: server.port, isSecure: false), path: "/v1")
        return VoiceServer(
            name: "kokoro", interface: .openAI(url, key: key, model: "tts-1", rate: 24_000), address: server.url,
            voice: "af_heart", languages: ["en"])
    }

    private func ask(_ server: FaultServer, key: String? = nil) async throws -> ServedSound {
        try await subject(server, key: key).sound(of: "Hello.", voice: "af_heart", limit: .seconds(5))
    }

    private static func reply(
        _ body: [UInt8], status: String = "200 OK", type: String = "audio/wav", length: Int? = nil
    ) -> [UInt8] {
        let head = [
            "HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(length ?? body.count)", "", "",
        ]
        return Array(head.joined(separator: "\r\n").utf8) + body
    }

    @Test("is asked for WAV of a text, with its model, voice and key")
    func request() async throws {
        let script: FaultServer.Script = { try await $1.send(Self.reply(WAVWire.file([1, 2, 3]))) }
        try await FaultServer.run(script) { server in
            let sound = try await ask(server, key: "secret")
            #expect(sound.samples == [1, 2, 3])
            #expect(sound.coding?.rate == 24_000)
            let request = try await server.request()
            #expect(request.path == "/v1/audio/speech")
            #expect(request.headers["authorization"] == "Bearer secret")
            #expect(
                try JSON.decode(JSONValue.self, from: request.body)
                    == ["model": "tts-1", "input": "Hello.", "voice": "af_heart", "response_format": "wav"])
        }
    }

    @Test("may be behind a proxy")
    func proxy() async throws {
        let script: FaultServer.Script = { try await $1.send(Self.reply(WAVWire.file([1, 2, 3]))) }
        try await FaultServer.run(script) { proxy in
            let url = HTTPURL(.tcp(host: "voices.example", port: 8_880, isSecure: false), path: "/v1")
            let server = VoiceServer(
                name: "kokoro", interface: .openAI(url, key: nil, model: "tts-1", rate: 24_000), address: "",
                proxy: .tcp(host: "127.0.0.1", port: proxy.port, isSecure: false))
            let sound = try await server.sound(of: "Hello.", voice: nil, limit: .seconds(5))
            #expect(sound.samples == [1, 2, 3])
            let request = try await proxy.request()
            #expect(request.path == "http://voices.example:8880/v1/audio/speech")
        }
    }

    @Test("may send samples without a header")
    func rawSamples() async throws {
        let script: FaultServer.Script = {
            try await $1.send(Self.reply(([1, -2] as [Int16]).littleEndian, type: "audio/pcm"))
        }
        try await FaultServer.run(script) { server in
            let sound = try await ask(server)
            #expect(sound.samples == [1, -2])
            #expect(sound.coding?.rate == 24_000)
        }
    }

    private static let failures: [([UInt8], VoiceServerFailure)] = [
        (
            reply(Array(#"{"detail": "no voice"}"#.utf8), status: "400 Bad Request", type: "application/json"),
            .rejected("400, no voice")
        ),
        (
            reply(Array(#"{"error": {"message": "busy"}}"#.utf8), status: "503 Busy", type: "application/json"),
            .rejected("503, busy")
        ),
        (reply(Array("<html>".utf8), status: "404 Not Found", type: "text/html"), .rejected("404")),
        (reply([0xFF, 0xFB, 0x90, 0], type: "audio/mpeg"), .malformed("it sent MP3, not WAV")),
        (reply(Array("ID3 and more".utf8)), .malformed("it sent MP3, not WAV")),
        (reply(Array("OggS and more".utf8)), .malformed("it sent Ogg, not WAV")),
        (reply(Array("{}".utf8), type: "application/json"), .malformed("it sent JSON, not WAV")),
        (reply(WAVWire.file([1, 2, 3]), length: 1_000), .closed),
        (reply(WAVWire.file(tone(seconds: 6, rate: 24_000))), .tooMuchSound),
        (reply([UInt8](repeating: 0, count: 2_000_000)), .tooMuchSound),
        (Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), .unreachable(.foreign)),
        ([], .closed),
    ]

    @Test("that fails is told from others", arguments: failures.indices)
    func failed(index: Int) async throws {
        let (bytes, failure) = Self.failures[index]
        try await FaultServer.run({ try await $1.send(bytes) }) { server in
            _ = await #expect(throws: failure) { try await ask(server) }
        }
    }

    @Test("that answers with nothing has no sound, so the other engine speaks")
    func empty() async throws {
        try await FaultServer.run({ try await $1.send(Self.reply([])) }) { server in
            let subject = Subject([subject(server)])
            let synthesis = try await subject.speak("Hello.")
            #expect(subject.base.texts == ["Hello."])
            #expect(synthesis.notices.first?.message.contains("it sent no sound") == true)
        }
    }

    @Test(
        "has voices, if it lists any",
        arguments: [
            (#"{"voices": ["a", "b"]}"#, ["a", "b"]), (#"[{"id": "a"}, {"name": "b"}, {}]"#, ["a", "b"]),
            (#"{"voices": [{"voice_id": "a", "language": "en-us"}]}"#, ["a"]), ("no", []), (#"{"voices": 7}"#, []),
        ])
    func voices(body: String, names: [String]) async throws {
        try await FaultServer.run({ try await $1.send(HTTPWire.reply(body)) }) { server in
            let voices = try await subject(server).describe()
            #expect(voices.map(\.name) == names)
            #expect(try await server.request().path == "/v1/audio/voices")
        }
        let missing = HTTPWire.reply("{}", status: "404 Not Found")
        try await FaultServer.run({ try await $1.send(missing) }) { server in
            let voices = try await subject(server).describe()
            #expect(voices.isEmpty)
        }
    }
}

/// WAV by hand.
enum WAVWire {
    static func file(
        _ samples: [Int16], rate: Int = 24_000, channels: Int = 1, bits: Int = 16, kind: Int = 1, length: Int? = nil
    ) -> [UInt8] {
        let data = samples.littleEndian
        var bytes = Array("RIFF".utf8) + number(36 + data.count, 4) + Array("WAVEfmt ".utf8) + number(16, 4)
        bytes += number(kind, 2) + number(channels, 2) + number(rate, 4)
        bytes += number(rate * channels * bits / 8, 4) + number(channels * bits / 8, 2) + number(bits, 2)
        bytes += Array("data".utf8) + number(length ?? data.count, 4) + data
        return bytes
    }

    static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array(name.utf8) + number(content.count, 4) + content + (content.count % 2 == 0 ? [] : [0])
    }
}

@Suite("WAV as servers send it") struct WAVReaderTests {
    private func read(_ bytes: [UInt8]) throws -> [Int16] {
        var sound = ServedSound(limit: .seconds(1))
        try WAVReader.read(bytes, into: &sound)
        return sound.samples
    }

    private let samples: [Int16] = [1, -1, 300, 0, 7, 32_767]

    @Test("may have any length in its header", arguments: [nil, 0, 0xFFFF_FFFF, 0x7FFF_FFFF, 4_000])
    func length(length: Int?) throws {
        #expect(try read(WAVWire.file(samples, length: length)) == samples)
    }

    @Test("may have other chunks before and behind its samples")
    func chunks() throws {
        var bytes = WAVWire.file(samples)
        bytes.insert(contentsOf: WAVWire.chunk("LIST", [1, 2, 3]), at: 12)
        bytes += WAVWire.chunk("LIST", [9, 9, 9, 9, 9])
        #expect(try read(bytes) == samples)
    }

    @Test("may come with a header for each part", arguments: [nil, 0xFFFF_FFFF])
    func parts(length: Int?) throws {
        #expect(try read(WAVWire.file(samples, length: length) + WAVWire.file([5], length: length)) == samples + [5])
    }

    @Test("that can't be played is rejected")
    func rejected() {
        let files = [
            WAVWire.file(samples, rate: 4_000), WAVWire.file(samples, channels: 3), WAVWire.file(samples, bits: 24),
            WAVWire.file(samples, kind: 3), Array(WAVWire.file(samples).prefix(30)),
            Array(WAVWire.file(samples).prefix(12)),
            WAVWire.file(samples) + WAVWire.file(samples, rate: 16_000),
            WAVWire.file([Int16](repeating: 1, count: 24_001)),
        ]
        for file in files { #expect(throws: VoiceServerFailure.self) { try read(file) } }
    }

    @Test("that is damaged is rejected or read", arguments: 0..<300)
    func fuzz(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var bytes = WAVWire.chunk("LIST", [1]) + WAVWire.file(samples) + WAVWire.chunk("LIST", [2, 3])
        bytes = Array(bytes.dropFirst(seed % 2 == 0 ? 10 : 0))
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            if Bool.random(using: &generator) {
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            } else {
                bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...4, using: &generator)))
            }
        }
        #expect(((try? read(bytes)) ?? []).count <= bytes.count)
    }
}
