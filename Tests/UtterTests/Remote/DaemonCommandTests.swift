// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Commands for the daemon")
    struct DaemonCommands {
        private static let status =
            #"{"speaking":"a1","prompt":"Why?\u001b","waiting":["a2","a3"],"suspended":[],"paused":true,"volume":80,"#
            + #""rate":200,"voice":"auto","#
            + #""muted":true,"sessions":1,"model":"tiny","ready":true,"missing":null,"version":"0.1.0","uptime_s":93784,"finished":3,"#
            + #""stopped":1,"failed":0,"of_the_future":{}}"#

        /// Runs a command with a daemon that answers every request with `reply`.
        private static func run(_ arguments: String..., reply: String) async throws -> (
            end: UtterProgram.Result, request: FaultServer.Request?
        ) {
            let utter = try UtterProgram()
            let socket = utter.path("utter.sock")
            return try await FaultServer.run(at: socket) { _, connection in
                try await connection.send(HTTPWire.reply(reply))
            } while: { server in
                let end = try await utter.run(arguments, environment: ["UTTER_SOCKET": socket])
                return (end, server.requests.first)
            }
        }

        @Test("stop stops everything, or the answer that it names, and prints what was stopped")
        func stop() async throws {
            let all = try await Self.run("stop", reply: #"{"stopped":["a1","a2"]}"#)
            #expect(all.end.text == "a1\na2\n" && all.end.errors == "" && all.end.exitCode == 0)
            #expect(all.request?.path == "/v1/stop" && all.request?.text == "{}")
            let one = try await Self.run("stop", "a9", reply: #"{"stopped":[]}"#)
            #expect(one.end.text == "" && one.end.errors == "utter: No answer a9 is speaking or waiting.\n")
            #expect(one.request?.text == #"{"answer":"a9"}"#)
        }

        @Test("pause and resume say so when there is nothing to do", arguments: ["pause", "resume"])
        func pause(command: String) async throws {
            let busy = try await Self.run(command, reply: #"{"answer":"a1"}"#)
            #expect(busy.end.text == "" && busy.end.errors == "" && busy.end.exitCode == 0)
            #expect(
                busy.request?.method == "POST" && busy.request?.path == "/v1/\(command)" && busy.request?.text == "{}")
            let idle = try await Self.run(command, reply: #"{"answer":null}"#)
            #expect(idle.end.errors.hasPrefix("utter: ") && idle.end.exitCode == 0)
        }

        @Test("status is for people, and with --json for programs")
        func status() async throws {
            let report = try await Self.run("status", reply: Self.status)
            #expect(
                report.end.text == """
                    speaking   a1, "Why? ", paused (utter resume continues)
                    waiting    a2, a3
                    sound      muted (utter set mute=off), volume 80 %, 200 words per minute, voice auto
                    model      tiny
                    answers    3 finished, 1 stopped, 0 failed
                    daemon     utter 0.1.0, up for 1 d 2 h

                    """)
            #expect(report.request?.method == "GET" && report.request?.path == "/v1/status")
            let json = try await Self.run("status", "--json", reply: Self.status + "\n")
            #expect(json.end.text == Self.status + "\n")
        }

        @Test("status --watch updates whenever something happens, until the daemon ends")
        func watch() async throws {
            let (changed, shown) = (Gate(), Gate())
            let utter = try UtterProgram()
            let socket = utter.path("utter.sock")
            let script: FaultServer.Script = { request, connection in
                guard request.path == "/v1/events" else {
                    return try await connection.send(HTTPWire.reply(changed.isSet ? Self.status : DaemonWire.status()))
                }
                try await connection.send(DaemonWire.head + HTTPWire.chunk(": hello\n"))
                try await shown.opened()
                let piece =
                    #""index":0,"text":"It\u009b scatters.","spoken":"It scatters.","voice":"en","start":0,"end":11"#
                changed.open()
                try await connection.send(
                    DaemonWire.event("piece", 0, piece) + DaemonWire.event("sound_start", 1, #""index":0"#))
                try await Gate().opened()
            }
            try await FaultServer.run(at: socket, script) { server in
                let end = try await utter.run(["status", "--watch"], environment: ["UTTER_SOCKET": socket]) { running in
                    try await running.output(holding: "utter 0.1.0, up for 5 s\n")
                    shown.open()
                    try await running.output(holding: "up for 1 d 2 h\n")
                    running.send(.interrupt)
                }
                #expect(end.text.contains("speaking   nothing\n"))
                #expect(
                    end.text.contains(
                        "\n\nspeaking   a1, \"Why? \", paused (utter resume continues)\nheard now  It  scatters.\n"))
                #expect(end.exitCode == 130)
            }
        }

        @Test("set changes several things at once, and resets them")
        func set() async throws {
            let set = try await Self.run("set", "volume=80", "rate=200", "voice=de", "mute=on", reply: Self.status)
            #expect(set.end.exitCode == 0, "\(set.end.errors)")
            #expect(set.end.text == "")
            #expect(set.request?.method == "PUT" && set.request?.path == "/v1/status")
            #expect(set.request?.text == #"{"muted":true,"rate":200,"voice":"de","volume":80}"#)
            let back = try await Self.run("set", "volume=default", "mute=default", reply: Self.status)
            #expect(back.request?.text == #"{"muted":false,"volume":null}"#)
        }

        @Test(
            "Invalid values are reported before the daemon is asked",
            arguments: [
                ("volume", "such as volume=80"), ("volum=3", "Did you mean volume?"), ("rate=fast", "words per minute"),
                ("mute=maybe", "on or off"),
            ])
        func setWrong(argument: String, hint: String) async throws {
            let (end, request) = try await Self.run("set", argument, reply: Self.status)
            #expect(end.exitCode == 64)
            end.expectOneSentence(hint)
            #expect(request == nil)
        }

        @Test(
            "Without a daemon they say so",
            arguments: [["stop"], ["pause"], ["resume"], ["status"], ["set", "rate=200"]])
        func none(command: [String]) async throws {
            let end = try await UtterProgram().run(command)
            #expect(end.exitCode == 69)
            end.expectOneSentence("No daemon is running here", "utter serve", "systemctl start utter", "--user")
        }

        @Test("A named socket must have a daemon, and options for it need one")
        func needed() async throws {
            let utter = try UtterProgram()
            let missing = ["UTTER_SOCKET": utter.path("missing.sock")]
            let named = try await utter.run(["ask", "Why?"], environment: missing)
            #expect(named.exitCode == 69)
            named.expectOneSentence("No daemon answers at", "UTTER_SOCKET")
            for option in ["--detach", "--queue", "--no-speak"] {
                let end = try await utter.run(["say", "Hi.", option])
                #expect(end.exitCode == 69)
                end.expectOneSentence("\(option) needs a daemon")
            }
            let both = try await utter.run(["ask", "Why?", "--session", "a", "--url", "http://127.0.0.1:1"])
            #expect(both.exitCode == 64)
            both.expectOneSentence("--session", "--url")
        }

        /// Root may do everything, so it becomes nobody.
        private static let asNobody =
            getuid() == 0 ? #"exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@""# : nil

        @Test("A socket without permission is an error that names the cure, not a reason to speak without it")
        func notPermitted() async throws {
            let utter = try UtterProgram()
            let socket = utter.path("utter.sock")
            try await FaultServer.run(at: socket) { _, _ in
            } while: { _ in
                _ = unsafe chmod(socket, 0)
                let end = try await utter.run(["status"], environment: ["UTTER_SOCKET": socket], shell: Self.asNobody)
                #expect(end.exitCode == 69)
                end.expectOneSentence("join the group utter")
            }
        }
    }
}
