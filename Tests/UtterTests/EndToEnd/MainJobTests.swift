// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("The first sentence is heard while the rest is still being generated")
    struct MainJob {
        /// The benchmarks' text of eight sentences.
        static let sentences = [
            "The river starts high in the northern mountains.",
            "Every spring the melting snow fills the valleys.",
            "Farmers let the clear water run across their fields.",
            "By summer the wheat stands taller than the children.",
            "In the evening the village gathers under a tree.",
            "Someone brings a guitar and fresh bread.",
            "The oldest man tells stories about the bridge.",
            "Then everybody walks home along the river.",
        ]

        @Test("Listeners who wait are told so, in the question's language, and hear the answer after that")
        func waiting() async throws {
            let told = Gate()
            let script = OllamaWire.server { _, connection in
                try await told.opened()
                try await connection.send(OllamaWire.head + OllamaWire.chat("It scatters.") + OllamaWire.chatDone())
                try await connection.send(HTTPWire.lastChunk)
            }
            try await FaultServer.run(script) { server in
                let end = try await UtterProgram().run(
                    ["ask", "天空为什么是蓝色的？", "--events"] + server.options,
                    environment: ["UTTER_SPEECH_THINKING_AFTER_S": "0.2", "UTTER_PLAYBACK_EARCONS": "true"]
                ) { running in
                    try await running.event("signal_end") { $0.signal == "thinking" }
                    told.open()
                }
                #expect(end.exitCode == 0, "\(end.errors)")
                end.expectEventsInOrder()
                #expect(end.events("signal").first?.spoken == "请稍等，我还在想。")
                #expect(end.events("piece").compactMap(\.text) == ["It scatters."])
                #expect(end.events.last?.heardEnd == 12)
            }
        }

        /// The server generates a sentence only once the test has seen what must come before it. That the answer ends
        /// at all is the proof.
        @Test(
            "Sentence 1 sounds before sentence 2 is generated, and was heard to its end before sentence 6 is",
            .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"))
        func overlap() async throws {
            let (first, last) = (Gate(), Gate())
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + tokens(of: Self.sentences[..<1]))
                try await first.opened()
                try await connection.send(tokens(of: Self.sentences[1..<5]))
                try await last.opened()
                try await connection.send(tokens(of: Self.sentences[5...]))
                try await connection.send(OllamaWire.chatDone() + HTTPWire.lastChunk)
            }
            try await SoundServer.withSink { sink in
                try await FaultServer.run(script) { server in
                    let end = try await UtterProgram().run(
                        ["ask", "Tell me a story", "--events", "--device", sink.device] + server.options,
                        environment: SoundWorld.environment
                    ) { running in
                        try await running.event("sound_start") { $0.index == 0 }
                        first.open()
                        try await running.event("heard") { $0.index == 0 }
                        last.open()
                    }
                    #expect(end.exitCode == 0, "\(end.errors)")
                    #expect(end.errors == "")
                    end.expectEventsInOrder()
                    #expect(end.answer == Self.sentences.map { $0 + " " }.joined())
                    #expect(end.events("piece").compactMap(\.text) == Self.sentences)
                    #expect(end.events("heard").compactMap(\.index) == Array(0..<8))
                    #expect(end.events.last?.event == "finished")

                    let position = { (name: String, index: Int) in
                        end.events.first { $0.event == name && $0.index == index }
                    }
                    let sound = try #require(position("sound_start", 0))
                    let heard = try #require(position("heard", 0))
                    let second = try #require(position("piece", 1))
                    let sixth = try #require(position("piece", 5))
                    #expect(sound.seq < second.seq && sound.ms <= second.ms)
                    #expect(heard.seq < sixth.seq && heard.ms <= sixth.ms)
                }
            }
        }

        @Test(
            "A stop during playback keeps what was heard",
            .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"))
        func stopWhileSounding() async throws {
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + tokens(of: Self.sentences[...]))
                try await connection.staySilent()
            }
            try await SoundServer.withSink { sink in
                try await FaultServer.run(script) { server in
                    let end = try await UtterProgram().run(
                        ["ask", "Tell me a story", "--events", "--device", sink.device] + server.options,
                        environment: SoundWorld.environment
                    ) { running in
                        try await running.event("sound_start") { $0.index == 1 }
                        running.send(.interrupt)
                    }
                    #expect(end.exitCode == 130)
                    end.expectEventsInOrder()
                    #expect(end.events.last?.event == "stopped")
                    let heardEnd = try #require(end.events.last?.heardEnd)
                    let (one, three) = (Self.sentences[0].utf8.count, Self.sentences[..<3].joined().utf8.count)
                    #expect((one..<three).contains(heardEnd))
                    _ = try await server.disconnect(on: "/api/chat")
                }
            }
        }

        @Test(
            "A reader that leaves during playback ends the answer",
            .enabled(if: SoundServer.isInstalled, "\(SoundServer.reasonToSkip)"))
        func readerLeavesWhileSounding() async throws {
            let left = Gate()
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head + tokens(of: Self.sentences[..<2]))
                try await left.opened()
                while true { try await connection.send(tokens(of: Self.sentences[2...])) }
            }
            try await SoundServer.withSink { sink in
                try await FaultServer.run(script) { server in
                    let shell = #"{ "$@"; echo "exit code $?" >&2; } | { grep -m 1 sound_start; echo left >&2; }"#
                    let end = try await UtterProgram().run(
                        ["ask", "Tell me a story", "--events", "--device", sink.device] + server.options,
                        environment: SoundWorld.environment, shell: shell
                    ) { running in
                        try await running.errors(holding: "left")
                        left.open()
                    }
                    #expect(end.events.map(\.event) == ["sound_start"])
                    #expect(end.errors.contains("Standard output failed (Broken pipe)"))
                    #expect(end.errorLines.last == "exit code 74")
                    _ = try await server.disconnect(on: "/api/chat")
                }
            }
        }

        @Test("From standard input the first sentence is heard while the rest is still to be written")
        func sayStreams() async throws {
            let end = try await UtterProgram().run(["say", "--events"], input: nil) { running in
                try await running.write(Array("The sky is blue. ".utf8))
                try await running.event("heard") { $0.index == 0 }
                try await running.write(Array("It scatters.".utf8))
            }
            #expect(end.exitCode == 0, "\(end.errors)")
            end.expectEventsInOrder()
            #expect(end.events("piece").compactMap(\.text) == ["The sky is blue.", "It scatters."])
        }

        @Test("Chinese is spoken by the Mandarin voice, and other scripts by theirs")
        func voices() async throws {
            let text = "你好，我是语音助手。今天天气很好！Python 语言很流行。Hello again."
            let end = try await UtterProgram().run(["say", "--events", text])
            #expect(end.exitCode == 0, "\(end.errors)")
            end.expectEventsInOrder()
            let voices = end.events("piece").map { ($0.text ?? "", ($0.voice ?? "").split(separator: ", ")) }
            #expect(voices.map(\.0) == ["你好，我是语音助手。", "今天天气很好！", "Python 语言很流行。", "Hello again."])
            #expect(voices[0].1.count == 1 && voices[0].1[0].hasPrefix("cmn"))
            #expect(voices[1].1 == voices[0].1)
            #expect(voices[2].1 == ["en-us"] + voices[0].1)
            #expect(voices[3].1 == ["en-us"])
        }

        @Test("The memory of an answer is constant apart from its text")
        func memory() async throws {
            let small = try await peakMemory(tokens: 100)
            let large = try await peakMemory(tokens: 100_000)
            // 64 KiB of text may wait between two stages; a token of one letter takes up some 200 bytes while waiting.
            let waiting = 64 * 1024 * 256
            #expect(large.peak - small.peak < 3 * (large.text - small.text) + waiting + 8 << 20)
        }

        /// The peak once all of the text has come through, but not the end.
        private func peakMemory(tokens: Int) async throws -> (peak: Int, text: Int) {
            // One token per letter: many tokens, and less to speak.
            let sentence = "The sky is blue. "
            let finish = Gate()
            let block = sentence.map { OllamaWire.chat(String($0)) }.joined()
            let script = OllamaWire.server { _, connection in
                try await connection.send(OllamaWire.head)
                for _ in 0..<tokens / sentence.count { try await connection.send(block) }
                try await finish.opened()
                try await connection.send(OllamaWire.chatDone() + HTTPWire.lastChunk)
            }
            let text = tokens / sentence.count * sentence.count
            let utter = try UtterProgram(config: "playback: {longest_answer_min: 1440}\n")
            return try await FaultServer.run(script) { server in
                var peak: Int?
                let arguments = ["ask", "Go on", "--config", "config.yaml", "--output", "/dev/null"]
                let end = try await utter.run(arguments + server.options) { running in
                    try await running.output(bytes: text)
                    peak = running.peakMemory
                    finish.open()
                }
                #expect(end.exitCode == 0, "\(end.errors)")
                #expect(end.output.count == text + 1)
                return (try #require(peak), text)
            }
        }
    }
}

/// Sentences as a model sends them: one token per word.
private func tokens(of sentences: ArraySlice<String>) -> String {
    sentences.flatMap { $0.split(separator: " ") }.map { OllamaWire.chat("\($0) ") }.joined()
}
