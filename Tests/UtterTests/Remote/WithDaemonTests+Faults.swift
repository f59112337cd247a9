// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport
import Testing

/// What goes wrong between the commands and the daemon.
extension EndToEnd.WithDaemon {
    @Test(
        "A daemon that dies in mid-answer is reported, and the text that came is kept",
        arguments: [DaemonWire.event("text", 1, #""text":"The sky""#), "1f\r\nda"])
    func dies(rest: String) async throws {
        let answering: FaultServer.Script = { _, connection in
            try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0))
            try await connection.send(rest)
        }
        try await Self.daemon(answering) { utter, environment, _ in
            let end = try await utter.run(["ask", "Why?", "--events"], environment: environment)
            #expect(end.exitCode == 69)
            end.expectOneSentence("The daemon ended in the middle of the answer")
            end.expectEventsInOrder()
            #expect(end.events.last?.event == "failed" && end.events.last?.code == "daemon_unreachable")
        }
    }

    private static let missed = HTTPWire.chunk("event: missed\ndata: {\"event\":\"missed\",\"count\":3}\n\n")

    @Test("If some of the answer's text was lost on the way, that is reported and not a success")
    func missedText() async throws {
        let answering: FaultServer.Script = { _, connection in
            try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0) + Self.missed)
            try await connection.send(DaemonWire.event("text", 4, #""text":"scatters.""#))
            try await connection.send(DaemonWire.last("finished", 5, heard: 12, of: 12) + HTTPWire.lastChunk)
        }
        try await Self.daemon(answering) { utter, environment, _ in
            let end = try await utter.run(["ask", "Why?"], environment: environment)
            #expect(end.exitCode == 74)
            #expect(end.text == "scatters.\n")
            end.expectOneSentence("lost, since they were read too slowly")
            let events = try await utter.run(["ask", "Why?", "--events"], environment: environment).events
            #expect(events.map(\.event) == ["accepted", "notice", "text", "finished"])
            #expect(events[1].code == "events_lost" && events[1].seq == 3)
        }
    }

    @Test("Lost events that are not text don't change an answer's success")
    func missedWords() async throws {
        let answering: FaultServer.Script = { _, connection in
            try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0))
            try await connection.send(DaemonWire.event("text", 1, #""text":"It scatters.""#) + Self.missed)
            try await connection.send(DaemonWire.last("finished", 5, heard: 12, of: 12) + HTTPWire.lastChunk)
        }
        try await Self.daemon(answering) { utter, environment, _ in
            let end = try await utter.run(["ask", "Why?"], environment: environment)
            #expect(end.exitCode == 0 && end.text == "It scatters.\n")
            end.expectOneSentence("lost, since they were read too slowly")
        }
    }

    @Test("An answer whose end was lost is not a daemon that died")
    func missedEnd() async throws {
        let answering: FaultServer.Script = { _, connection in
            try await connection.send(DaemonWire.head + DaemonWire.event("accepted", 0) + Self.missed)
            try await connection.send(HTTPWire.lastChunk)
        }
        try await Self.daemon(answering) { utter, environment, _ in
            let end = try await utter.run(["ask", "Why?"], environment: environment)
            #expect(end.exitCode == 74)
            end.expectOneSentence("The end of the answer was lost")
        }
    }

    @Test(
        "The daemon's reason for a rejection is shown, and the exit code is the fault's",
        arguments: [
            ("queue_full", "429 Too Many Requests", 69), ("speaker_busy", "409 Conflict", 69),
            ("voice_unknown", "400 Bad Request", 64), ("daemon_stopping", "503 Service Unavailable", 69),
            ("not_known_here", "422 Unprocessable Content", 64),
            ("internal_error", "500 Internal Server Error", 70),
        ])
    func refused(code: String, status: String, exitCode: Int) async throws {
        let refusing: FaultServer.Script = { _, connection in
            try await connection.send(DaemonWire.fault(code, "Not now\u{1B}[2J; later.", status: status))
        }
        try await Self.daemon(refusing) { utter, environment, _ in
            let end = try await utter.run(["ask", "Why?"], environment: environment)
            #expect(end.exitCode == exitCode)
            #expect(end.errors == "utter: Not now [2J; later.\n")
        }
    }

    @Test("A fault of the answer has its own exit code too")
    func failed() async throws {
        let failing: FaultServer.Script = { _, connection in
            let summary = DaemonWire.summary(heard: 0, of: 0)
            let fault =
                #""code":"device_busy","message":"The device is taken; stop the other program.",\#(summary)"#
            try await connection.send(
                DaemonWire.head + DaemonWire.event("accepted", 0) + DaemonWire.event("failed", 1, fault))
        }
        try await Self.daemon(failing) { utter, environment, _ in
            let end = try await utter.run(["ask", "Why?"], environment: environment)
            #expect(end.exitCode == 69)
            end.expectOneSentence("The device is taken")
        }
    }

    @Test(
        "Another program is not mistaken for a daemon",
        arguments: [
            HTTPWire.reply("<html>nginx</html>", status: "404 Not Found", type: "text/html"),
            HTTPWire.reply("{}", type: "application/json"), "SSH-2.0-OpenSSH_9.6\r\n", "",
        ])
    func foreign(reply: String) async throws {
        let other: FaultServer.Script = { _, connection in try await connection.send(reply) }
        try await Self.daemon(other) { utter, environment, _ in
            for command in [["ask", "Why?"], ["status"], ["stop"]] {
                let end = try await utter.run(command, environment: environment)
                #expect(end.exitCode == 69, "\(command)")
                end.expectOneSentence("daemon")
            }
        }
    }
}
