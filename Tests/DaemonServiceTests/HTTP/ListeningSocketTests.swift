// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonService
import Glibc
import Logging
import NIOCore
import TestSupport
import Testing
import Utterance

@Suite("A listening socket", .timeLimit(.minutes(10)))
struct ListeningSocketTests {
    @Test("is not taken from a daemon that answers, but from one that is gone")
    func leftBehind() throws {
        let path = SoundWorld.shared.path("socket")
        let first = try ListeningSocket(path: path)
        let fault = #expect(throws: Fault.self) { try ListeningSocket(path: path) }
        #expect(fault?.code == .configurationInvalid)
        // A program that another test starts at this moment holds a copy until it runs.
        shutdown(first.descriptor, CInt(SHUT_RDWR))
        close(first.descriptor)
        let second = try ListeningSocket(path: path)
        close(second.descriptor)
    }

    @Test("is not made where another file is, which stays")
    func otherFile() {
        let path = SoundWorld.shared.path("file")
        writeFile(path, "precious")
        let fault = #expect(throws: Fault.self) { try ListeningSocket(path: path) }
        #expect(fault?.code == .configurationInvalid)
        #expect(readFile(path) == Array("precious".utf8))
    }

    @Test("has the folders of its file made")
    func folders() throws {
        let socket = try ListeningSocket(path: SoundWorld.shared.path("a") + "/b/c/socket")
        #expect(close(socket.descriptor) == 0)
    }

    @Test("is named with the port that it was given", arguments: ["127.0.0.1", "::1"])
    func port(host: String) throws {
        let socket = try ListeningSocket(address: SocketAddress(ipAddress: host, port: 0))
        defer { close(socket.descriptor) }
        let port = try #require(SocketAddress(boundTo: socket.descriptor)?.port)
        #expect(port != 0)
        #expect(socket.name == (host == "::1" ? "[::1]:\(port)" : "127.0.0.1:\(port)"))
    }

    @Test("is for its owner only, and for the group utter where there is one")
    func permissions() async throws {
        let path = SoundWorld.shared.path("socket")
        let socket = try ListeningSocket(path: path)
        defer { close(socket.descriptor) }
        // Glibc's stat is hidden behind NIO's import of it: what /usr/bin/stat says.
        let mode = try await ChildProcess.output(of: ["/usr/bin/stat", "--format=%a", path])
        #expect(mode == (unsafe getgrnam("utter") == nil ? "600\n" : "660\n"))
    }

    @Test("that fails for good ends the service, which would live on and be reached by nobody")
    func ended() async throws {
        try await Stage.with { stage in
            let socket = try ListeningSocket(address: SocketAddress(ipAddress: "127.0.0.1", port: 0))
            let address = try #require(SocketAddress(boundTo: socket.descriptor))
            let backend = HTTPBackend(
                scheduler: stage.scheduler, hub: stage.hub, metrics: Metrics(),
                information: .init(version: "1", model: { nil }, missing: { nil }))
            let service = HTTPService(backend: backend, rules: AccessRules(), logger: Logger(label: "test"))
            let fault = await #expect(throws: Fault.self) {
                try await withThrowingTaskGroup { group in
                    group.addTask { try await service.run(on: [socket]) }
                    try await RawClient.with(address) { client in
                        try await client.send(ServedStage.request("GET", "/healthz"))
                        #expect(await client.reply()?.status == 200)
                    }
                    shutdown(socket.descriptor, CInt(SHUT_RDWR))
                    try await group.waitForAll()
                }
            }
            #expect(fault?.message.contains(socket.name) == true)
        }
    }
}
