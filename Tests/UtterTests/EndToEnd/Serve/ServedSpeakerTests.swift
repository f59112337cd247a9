// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

extension EndToEnd {
    @Suite("The daemon's speaker")
    struct ServedSpeaker {
        @Test("that is not connected is reported everywhere at once")
        func absent() async throws {
            let device = "plughw:CARD=Nowhere,DEV=0"
            let utter = try UtterProgram(
                config: "model: {provider: demo}\nserver: {listen: []}\nplayback: {device: \"\(device)\"}\n")
            let end = try await utter.serve { _ in
                try await Self.wait(for: #""state":"absent""#, in: "GET /v1/status", of: utter)
                let ready = try await HTTPExchange.send("GET /readyz", to: utter.daemon)
                #expect(ready.status == 503)
                #expect(ready.text.contains("Device '\(device)' is not connected: plug it in."))
                let metrics = try await HTTPExchange.send("GET /metrics", to: utter.daemon)
                #expect(metrics.text.contains("utter_speaker_present 0\n"))
                let status = try await utter.run(["status"], environment: ["UTTER_SOCKET": utter.daemon])
                let shown = String(decoding: status.output, as: UTF8.self)
                #expect(shown.contains("speaker    Device '\(device)' is not connected: plug it in."))
            }
            #expect(end.errors.contains("Device '\(device)' is not connected: plug it in."))
        }

        @Test("that is missing doesn't matter if another one takes over")
        func fallback() async throws {
            let utter = try UtterProgram(
                config: """
                    model: {provider: demo}
                    server: {listen: []}
                    playback: {device: "plughw:CARD=Nowhere,DEV=0", fallback_devices: ["null"]}

                    """)
            try await utter.serve { _ in
                try await Self.wait(for: #""state":"absent""#, in: "GET /v1/status", of: utter)
                let ready = try await HTTPExchange.send("GET /readyz", to: utter.daemon)
                #expect(ready.status == 200)
                #expect(ready.text.contains(#""speaker":"absent""#))
            }
        }

        /// Asks until the reply contains `text`; the suite's time limit ends it otherwise.
        private static func wait(for text: String, in request: String, of utter: UtterProgram) async throws {
            while true {
                let reply = try await HTTPExchange.send(request, to: utter.daemon)
                if reply.text.contains(text) { return }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }
}
