// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import TestSupport
import Testing
import Utterance
import WyomingFrames
import WyomingService

@Suite("Speech over Wyoming", .timeLimit(.minutes(10)))
struct SpeechRequestTests {
    private static let text = "The dishwasher has finished. Please empty it."

    /// The samples of an answer, whose events must be in order and have one format.
    private static func sound(of events: [WyomingEvent]) throws -> [Int16] {
        #expect(events.first?.type == "audio-start" && events.last?.type == "audio-stop")
        let chunks = events.dropFirst().dropLast()
        #expect(
            chunks.allSatisfy { $0.type == "audio-chunk" && $0.data == events.first?.data && $0.payload.count <= 2_048 }
        )
        #expect(events.first?.data == ["rate": 22_050, "width": 2, "channels": 1])
        return SoundSamples.decode(chunks.flatMap(\.payload))
    }

    private static func spoken(_ request: [UInt8], on client: WyomingClient) async throws -> [Int16] {
        try await client.send(request)
        return try sound(of: try await client.events(until: "audio-stop"))
    }

    /// eSpeak NG's samples differ a little each time.
    private static func areAlike(_ one: [Int16], _ other: [Int16]) -> Bool {
        abs(one.count - other.count) < 1_000 && !one.isEmpty
    }

    private static func synthesize(_ text: String, _ voice: String = "{}") -> [UInt8] {
        WyomingWire.event("synthesize", #"{"text": "\#(text)", "voice": \#(voice)}"#)
    }

    @Test("offers the voices, with the languages as Home Assistant has them")
    func information() async throws {
        try await WyomingStage.with([.speech, .conversation]) { stage in
            try await stage.connect { client in
                try await client.send("describe")
                let info = try await client.next("info").data
                #expect(info["satellite"] == nil)
                let program = try #require(info["tts"]?.elements?.first)
                #expect(program["name"] == "Utter on test" && program["installed"] == true)
                #expect(program["supports_synthesize_streaming"] == true)
                let voices = program["voices"]?.elements ?? []
                let languages = voices.flatMap { $0["languages"]?.elements?.compactMap(\.text) ?? [] }
                #expect(Set(languages).isSuperset(of: ["en-US", "en-GB", "zh-CN", "de", "pt-BR"]))
                #expect(voices.allSatisfy { $0["installed"] == true && $0["attribution"]?["name"] != nil })
                // Clients ask for a voice by this name.
                let name = try #require(voices.first { $0["languages"] == .array(["de"]) }?["name"]?.text)
                #expect(
                    try await Self.spoken(Self.synthesize("Guten Tag.", #"{"name": "\#(name)"}"#), on: client).count
                        > 5_000)
                let handle = try #require(info["handle"]?.elements?.first)
                let models = handle["models"]?.elements ?? []
                #expect(models.first?["languages"]?.elements?.contains("zh") == true && models.count == 1)
            }
        }
    }

    @Test("is the sound of /v1/audio/speech, and the device plays none of it")
    func whole() async throws {
        try await WyomingStage.with([.speech]) { stage in
            try await stage.connect { client in
                let sound = try await Self.spoken(Self.synthesize(Self.text), on: client)
                #expect(sound.count > 20_000)
                #expect(Self.areAlike(try await Self.spoken(Self.synthesize(Self.text), on: client), sound))
                // A language chooses a voice, where there is one.
                let german = try await Self.spoken(Self.synthesize(Self.text, #"{"language": "de_DE"}"#), on: client)
                #expect(!Self.areAlike(german, sound))
                let klingon = try await Self.spoken(Self.synthesize(Self.text, #"{"language": "tlh"}"#), on: client)
                #expect(Self.areAlike(klingon, sound))
                for nothing in ["", "...", " "] {
                    #expect(try await Self.spoken(Self.synthesize(nothing), on: client).isEmpty)
                }
            }
            #expect(stage.stage.hub.position.number == 0)
        }
    }

    @Test("of a text that is being written is the same, sentence by sentence", arguments: [1, 7, 1_000])
    func stream(portion: Int) async throws {
        try await WyomingStage.with([.speech]) { stage in
            try await stage.connect { client in
                let whole = try await Self.spoken(Self.synthesize(Self.text), on: client)
                for _ in 0..<2 {
                    try await client.send("synthesize-start", #"{"voice": {}}"#)
                    var rest = Self.text[...]
                    while !rest.isEmpty {
                        try await client.send("synthesize-chunk", #"{"text": "\#(rest.prefix(portion))"}"#)
                        rest = rest.dropFirst(portion)
                    }
                    // For servers that don't know the others.
                    try await client.send(Self.synthesize(Self.text))
                    try await client.send("synthesize-stop")
                    let events = try await client.events(until: "synthesize-stopped")
                    #expect(events.last?.type == "synthesize-stopped")
                    #expect(Self.areAlike(try Self.sound(of: events.dropLast()), whole))
                }
                // A plain request on the same connection.
                #expect(Self.areAlike(try await Self.spoken(Self.synthesize(Self.text), on: client), whole))
            }
        }
    }

    @Test("begins before the text has ended")
    func early() async throws {
        try await WyomingStage.with([.speech]) { stage in
            try await stage.connect { client in
                try await client.send("synthesize-start")
                try await client.send("synthesize-chunk", #"{"text": "This is the first sentence. And this is"}"#)
                _ = try await client.events(until: "audio-chunk")
                try await client.send("synthesize-stop")
                #expect(try await client.types(until: "synthesize-stopped").contains("audio-chunk"))
            }
        }
    }

    @Test("ends with its client, which may hang up in the middle; the next client is served")
    func hangUp() async throws {
        try await WyomingStage.with([.speech]) { stage in
            for _ in 0..<3 {
                try await stage.connect { client in
                    try await client.send(Self.synthesize(String(repeating: "This is a sentence. ", count: 24)))
                    try await client.next("audio-start")
                    try await client.next("audio-chunk")
                    try await client.raw.hangUp()
                }
            }
            try await stage.connect { client in
                let sound = try await Self.spoken(Self.synthesize("Hello."), on: client)
                #expect(sound.count > 1_000)
            }
        }
    }

    @Test(
        "that can't be made ends in an error and the connection's end; the next client is served",
        arguments: [
            WyomingWire.event("synthesize"), WyomingWire.event("synthesize", #"{"text": 5}"#),
            synthesize("Hello.", #"{"name": "nobody"}"#), WyomingWire.event("synthesize-chunk", #"{"text": "x"}"#),
            WyomingWire.event("synthesize-stop"),
            WyomingWire.event("synthesize-start", #"{"voice": {"name": "nobody"}}"#),
            synthesize(String(repeating: "a ", count: 300)),
            WyomingWire.event("synthesize-start") + WyomingWire.event("synthesize-chunk", "{}"),
        ])
    func errors(request: [UInt8]) async throws {
        try await WyomingStage.with([.speech]) { stage in
            try await stage.connect { client in
                try await client.send(request)
                let types = try await client.types(until: "never")
                #expect(types.last == "error")
            }
            try await stage.connect { client in
                let sound = try await Self.spoken(Self.synthesize("Hello."), on: client)
                #expect(sound.count > 1_000)
            }
        }
    }
}
