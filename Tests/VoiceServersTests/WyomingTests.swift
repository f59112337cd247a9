// SPDX-License-Identifier: GPL-3.0-or-later
import HTTP
import SoundCoding
import TestSupport
import Testing
import Utterance

@testable import VoiceServers

@Suite("A Wyoming server", .timeLimit(.minutes(10))) struct WyomingTests {
    private func ask(
        _ server: FaultServer, _ text: String = "Hello.", voice: String? = "joe", speaker: String? = nil,
        limit: Duration = .seconds(5)
    ) async throws -> ServedSound {
        var subject = VoiceServer.wyoming(server.port)
        subject.speaker = speaker
        return try await subject.sound(of: text, voice: voice, limit: limit)
    }

    @Test("is asked on a connection of its own for a text, a voice and a speaker")
    func request() async throws {
        try await FaultServer.run(FaultServer.speaking()) { server in
            _ = try await ask(server, "Grüße “1”\u{1F600}", speaker: "p3")
            let request = try await server.request()
            let data = try JSON.decode(JSONValue.self, from: request.body)
            #expect(request.method == "synthesize")
            #expect(data == ["text": "Grüße “1”\u{1F600}", "voice": ["name": "joe", "speaker": "p3"]])
            _ = try await ask(server, voice: nil)
            // A null for the voice would be rejected.
            #expect(try JSON.decode(JSONValue.self, from: try await server.request(1).body) == ["text": "Hello."])
        }
    }

    @Test("on a unix socket is the same")
    func unix() async throws {
        let path = "/tmp/utter-wyoming-\(UInt32.random(in: 0 ... .max)).sock"
        try await FaultServer.run(at: path, FaultServer.speaking()) { _ in
            let server = VoiceServer(name: "s", interface: .wyoming(.unix(path: path)), address: "unix://\(path)")
            let sound = try await server.sound(of: "Hello.", voice: nil, limit: .seconds(5))
            #expect(sound.samples == tone())
        }
    }

    @Test("sends samples that come out as they went in, in whatever portions", arguments: [1, 100, 4_099, 1_000_000])
    func samples(portion: Int) async throws {
        let samples = tone(seconds: 0.05)
        let script = FaultServer.speaking { _, connection in
            try await connection.send(WyomingWire.sound(samples), by: portion)
        }
        try await FaultServer.run(script) { server in
            let sound = try await ask(server)
            #expect(sound.samples == samples)
        }
    }

    @Test("with two channels has their mean; a byte too many is dropped")
    func channels() async throws {
        let format = WyomingWire.format(rate: 16_000, channels: 2)
        let script = FaultServer.speaking { _, connection in
            let payload = ([100, 300, -200, 0] as [Int16]).littleEndian + [9]
            try await connection.send(
                WyomingWire.event("audio-chunk", format, payload: payload) + WyomingWire.event("audio-stop"))
        }
        try await FaultServer.run(script) { server in
            let sound = try await ask(server)
            #expect(sound.samples == [200, -100])
            #expect(sound.coding?.rate == 16_000)
        }
    }

    @Test("may add events that are unknown, and format only in audio-start")
    func unknownEvents() async throws {
        let script = FaultServer.speaking { _, connection in
            try await connection.send(
                WyomingWire.event("pong") + WyomingWire.event("audio-start", WyomingWire.format())
                    + WyomingWire.event("audio-chunk", payload: [1, 0, 2, 0])
                    + WyomingWire.event("ping", #"{"text":null}"#)
                    + WyomingWire.event("audio-stop"))
        }
        try await FaultServer.run(script) { server in
            let sound = try await ask(server)
            #expect(sound.samples == [1, 2])
        }
    }

    private static let failures: [([UInt8], VoiceServerFailure)] = [
        (
            WyomingWire.event("error", ##"{"text": "# channels not specified", "code": "Error"}"##),
            .rejected("# channels not specified")
        ),
        (WyomingWire.event("error", #"{"text": "", "code": "AssertionError"}"#), .rejected("")),
        (WyomingWire.event("error"), .rejected("")),
        ([], .closed),
        (WyomingWire.event("audio-start", WyomingWire.format()), .closed),
        (WyomingWire.event("audio-start", WyomingWire.format()) + WyomingWire.chunks(tone()), .closed),
        (Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), .malformed("an event is not JSON")),
        (WyomingWire.sound(tone(seconds: 6)), .tooMuchSound),
        (WyomingWire.event("audio-chunk", payload: [1, 0]), .malformed("its sound has no rate")),
        (
            WyomingWire.event("audio-chunk", WyomingWire.format(rate: 7_999), payload: [1, 0]),
            .malformed("its sound has a rate of 7999 Hz")
        ),
        (
            WyomingWire.event("audio-chunk", WyomingWire.format(rate: 192_000), payload: [1, 0]),
            .malformed("its sound has a rate of 192000 Hz")
        ),
        (
            WyomingWire.event("audio-chunk", WyomingWire.format(width: 4), payload: [1, 0]),
            .malformed("its sound has 4 bytes per sample, not 2")
        ),
        (
            WyomingWire.event("audio-chunk", WyomingWire.format(channels: 0), payload: [1, 0]),
            .malformed("its sound has 0 channels")
        ),
        (
            WyomingWire.chunks([1, 2]) + WyomingWire.chunks([3], WyomingWire.format(rate: 16_000)),
            .malformed("its sound changes its format in the middle")
        ),
    ]

    @Test("that fails is told from others", arguments: failures.indices)
    func faults(index: Int) async throws {
        let (bytes, failure) = Self.failures[index]
        try await FaultServer.run(FaultServer.speaking { try await $1.send(bytes) }) { server in
            _ = await #expect(throws: failure) { try await ask(server) }
        }
    }

    @Test("that resets the connection has closed it")
    func reset() async throws {
        try await FaultServer.run(FaultServer.speaking { try await $1.reset() }) { server in
            _ = await #expect(throws: VoiceServerFailure.closed) { try await ask(server) }
        }
    }

    @Test("that is not there can't be reached")
    func missing() async throws {
        let server = VoiceServer.wyoming(1)
        await #expect(throws: VoiceServerFailure.unreachable(.refused)) {
            try await server.sound(of: "Hello.", voice: nil, limit: .seconds(5))
        }
        let unix = VoiceServer(name: "s", interface: .wyoming(.unix(path: "/nowhere")), address: "unix:///nowhere")
        await #expect(throws: VoiceServerFailure.self) { try await unix.describe() }
    }

    @Test("lists the voices that are installed, with their languages")
    func voices() async throws {
        let info = #"""
            {"tts": [{"name": "piper", "installed": true, "voices": [
                {"name": "en_US-joe-medium", "languages": ["en_US"], "installed": true},
                {"name": "de_DE-x-low", "languages": ["de_DE"], "installed": false},
                {"name": "", "languages": ["fr"]}, {"languages": ["fr"]}, 7,
                {"name": "zh\u001b[2J", "languages": ["zh", null]}]},
              {"name": "off", "installed": false, "voices": [{"name": "no", "languages": []}]}, {"name": "empty"}]}
            """#
        try await FaultServer.run { _, connection in
            try await connection.send(WyomingWire.event("pong") + WyomingWire.event("info", info))
        } while: { server in
            let voices = try await VoiceServer.wyoming(server.port).describe()
            #expect(voices.map(\.name) == ["en_US-joe-medium", "zh [2J"])
            #expect(voices.map(\.languages) == [["en-us"], ["zh"]])
        }
    }

    @Test("is hung up on when nobody waits any more")
    func cancelled() async throws {
        let script = FaultServer.speaking { _, connection in
            try await connection.send(WyomingWire.event("audio-start", WyomingWire.format()))
            try await connection.staySilent()
        }
        try await FaultServer.run(script) { server in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await #expect(throws: CancellationError.self) { try await ask(server) } }
                _ = try? await server.request()
                group.cancelAll()
            }
            _ = try await server.disconnect()
        }
    }
}
