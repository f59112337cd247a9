// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("The daemon's voice")
    struct ServedVoice {
        private static let text = #"{"text": "One two three four. Five six seven eight."}"#

        @Test("is heard again after its process was killed, and the log and the metrics say why")
        func killed() async throws {
            let utter = try UtterProgram(
                config: "model: {provider: demo}\nserver: {listen: []}\nannouncements: {repeat_after_s: 0}\n")
            let end = try await utter.serve { running in
                for _ in 0..<2 {
                    let reply = try await HTTPExchange.send("POST /v1/say", json: Self.text, to: utter.daemon)
                    #expect(reply.text.contains(#""ending":"finished""#), "\(reply)")
                    let process = try #require(running.children.first)
                    #expect(running.name(of: process) == "utter-speech")
                    running.send(.kill, to: process)
                }
                let reply = try await HTTPExchange.send("POST /v1/say", json: Self.text, to: utter.daemon)
                #expect(reply.text.contains(#""ending":"finished""#), "\(reply)")
                let page = try await HTTPExchange.send("GET /metrics", to: utter.daemon)
                #expect(page.text.contains("utter_speech_restarts_total 2\n"))
            }
            #expect(end.exitCode == 0)
            #expect(end.errors.contains("The speech process ended and was restarted."))
            #expect(end.errors.contains("signal 9"))
        }

        @Test("has no keys, and nothing open except its socket")
        func confined() async throws {
            let utter = try UtterProgram(config: "model: {provider: demo}\nserver: {listen: []}\n")
            try await utter.serve(environment: ["UTTER_SERVER_TOKEN": "sesame"]) { running in
                let process = try #require(running.children.first)
                let environment = String(decoding: readFile("/proc/\(process)/environ") ?? [], as: UTF8.self)
                #expect(!environment.contains("sesame") && environment.contains("SWIFT_BACKTRACE"))
                // Anything else it has belongs to the runtime, such as a timer.
                let open = running.descriptors(of: process).filter { !$0.hasPrefix("anon_inode:") }
                #expect(open.count == 4 && open[..<3] == ["/dev/null", "/dev/null", "/dev/null"])
                #expect(open.last?.hasPrefix("socket:") == true)
                let threads = running.threads(of: process)
                #expect(!threads.isEmpty)
                #expect(threads.allSatisfy { $0.contains("NoNewPrivs:\t1") && $0.contains("Seccomp:\t2") })
            }
        }

        @Test("is not a command for people")
        func command() async throws {
            let end = try await UtterProgram().run(["speech-process"])
            #expect(end.exitCode == 64)
            #expect(end.errors.contains("This command is for the daemon's own use."))
        }
    }
}
