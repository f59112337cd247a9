// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("OpenAI's speech API")
    struct SpeechEndpoint {
        private static let path = "POST /v1/audio/speech"

        private static func daemon(_ body: (UtterProgram) async throws -> Void) async throws {
            let utter = try UtterProgram(config: "model: {provider: demo}\nserver: {listen: []}\n")
            try await utter.serve { _ in try await body(utter) }
        }

        @Test("returns the sound of a text, and leaves the device alone")
        func wav() async throws {
            try await Self.daemon { utter in
                let call = #"{"model":"tts-1","voice":"alloy","input":"The sky is blue. And the grass is green."}"#
                let reply = try await HTTPExchange.send(Self.path, json: call, to: utter.daemon)
                #expect(
                    reply.status == 200 && reply.text.contains("Content-Type: audio/wav"), "\(reply.text.prefix(200))")
                let wav = try #require(WAV(reply.body, isPipe: true))
                #expect(wav.rate == 22_050)
                #expect(wav.seconds > 1.5 && wav.samples.contains { abs(Int($0)) > 1_000 })
                #expect(utter.played.isEmpty)
            }
        }

        @Test("gives the length of a single sentence in the header", arguments: ["The sky is blue.", "…"])
        func sentence(input: String) async throws {
            try await Self.daemon { utter in
                let reply = try await HTTPExchange.send(Self.path, json: #"{"input":"\#(input)"}"#, to: utter.daemon)
                let wav = try #require(WAV(reply.body))
                #expect(wav.seconds > 0.5 || input == "…")
            }
        }

        @Test("returns raw samples, faster or slower")
        func speed() async throws {
            try await Self.daemon { utter in
                var lengths: [Int] = []
                for speed in ["0.5", "1", "2.0"] {
                    let call = #"{"input":"The sky is blue.","response_format":"pcm","speed":\#(speed)}"#
                    let reply = try await HTTPExchange.send(Self.path, json: call, to: utter.daemon)
                    #expect(reply.text.contains("Content-Type: audio/pcm; rate=22050; channels=1"))
                    lengths.append(reply.body.count)
                }
                #expect(lengths[0] > lengths[1] && lengths[1] > lengths[2], "\(lengths)")
            }
        }

        @Test(
            "says what it can't do",
            arguments: [
                (#"{"input":"Hi","response_format":"mp3"}"#, "response_format mp3 is not supported; ask for wav"),
                (#"{"input":""}"#, "input is missing"), (#"{"input":"Hi","voice":"klingonese"}"#, "klingonese"),
                (#"{"input":"Hi","speed":0}"#, "speed has to be"), (#"{"input":"Hi","stream_format":"sse"}"#, "audio"),
            ])
        func refused(json: String, words: String) async throws {
            try await Self.daemon { utter in
                let reply = try await HTTPExchange.send(Self.path, json: json, to: utter.daemon)
                #expect(reply.status == 400 && reply.text.contains(words), "\(reply)")
                #expect(reply.text.contains(#""type":"invalid_request_error""#))
            }
        }
    }
}
