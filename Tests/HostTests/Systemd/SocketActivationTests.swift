// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Host
import Testing
import Utterance

@Suite("Socket activation")
struct SocketActivationTests {
    @Test("finds the descriptors from 3 on, and their names")
    func names() {
        let environment = ["LISTEN_PID": "42", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "utter.socket:http"]
        #expect(
            SocketActivation.announced(in: environment, process: 42) == [
                .init(descriptor: 3, name: "utter.socket"), .init(descriptor: 4, name: "http"),
                .init(descriptor: 5, name: ""),
            ])
        #expect(
            SocketActivation.announced(in: ["LISTEN_PID": "42", "LISTEN_FDS": "1"], process: 42) == [
                .init(descriptor: 3, name: "")
            ])
    }

    static let nothing = [
        [:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "41", "LISTEN_FDS": "1"], ["LISTEN_PID": "42"],
        ["LISTEN_PID": "42", "LISTEN_FDS": "0"], ["LISTEN_PID": "42", "LISTEN_FDS": "-1"],
        ["LISTEN_PID": "42", "LISTEN_FDS": "9999999"], ["LISTEN_PID": "x", "LISTEN_FDS": "1"],
    ]

    @Test("finds nothing that was meant for another process, or that is not a number", arguments: nothing)
    func notForUs(environment: [String: String]) {
        #expect(SocketActivation.announced(in: environment, process: 42) == [])
    }

    @Test("accepts listening sockets, and keeps them from other programs")
    func adoption() throws {
        let listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        // If it isn't bound, Linux gives it an abstract name.
        var address = sockaddr(sa_family: sa_family_t(AF_UNIX), sa_data: sockaddr().sa_data)
        let size = socklen_t(MemoryLayout<sa_family_t>.size)
        #expect(unsafe bind(listener, &address, size) == 0)
        #expect(listen(listener, 1) == 0)
        try SocketActivation.adopt([.init(descriptor: listener, name: "")])
        #expect(fcntl(listener, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test("rejects anything that is not a listening stream socket")
    func otherDescriptors() {
        let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        let idle = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        defer { [file, idle].forEach { close($0) } }
        for descriptor in [file, idle, 9_999] {
            let fault = #expect(throws: Fault.self) {
                try SocketActivation.adopt([.init(descriptor: descriptor, name: "http")])
            }
            #expect(fault?.code == .configurationInvalid)
            #expect(fault?.message.contains("\(descriptor) (http)") == true)
        }
    }
}
