// SPDX-License-Identifier: GPL-3.0-or-later
import DaemonClient
import Glibc
import TestSupport
import Testing
import Utterance

@Suite("The daemon's socket")
struct DaemonSocketTests {
    @Test(
        "is the one that is named, or else the user's, or else the machine's",
        arguments: [
            (["UTTER_SOCKET": "/a.sock", "XDG_RUNTIME_DIR": "/run/user/1"], ["/a.sock"]),
            (["XDG_RUNTIME_DIR": "/run/user/1"], ["/run/user/1/utter/utter.sock", "/run/utter/utter.sock"]),
            (["XDG_RUNTIME_DIR": ""], ["/run/utter/utter.sock"]), ([:], ["/run/utter/utter.sock"]),
            (["UTTER_SOCKET": "", "XDG_RUNTIME_DIR": "/run/user/1"], []),
        ] as [([String: String], [String])])
    func candidates(environment: [String: String], expected: [String]) {
        #expect(DaemonSocket.candidates(in: environment) == expected)
    }

    @Test("is found where somebody listens, and not where somebody did")
    func finding() async throws {
        let folder = SoundWorld.shared.path("runtime")
        let path = "\(folder)/utter/utter.sock"
        for directory in [folder, "\(folder)/utter"] { #expect(unsafe mkdir(directory, 0o700) == 0) }
        let environment = ["XDG_RUNTIME_DIR": folder]
        try await FaultServer.run(at: path) { _, _ in
        } while: { _ in
            let found = try DaemonSocket.find(in: environment)
            #expect(found == path)
        }
        // What a daemon leaves behind that was killed.
        try leaveSocket(at: path)
        let left = try DaemonSocket.find(in: environment)
        #expect(left != path)
        #expect(throws: Fault.self) { try DaemonSocket.find(in: ["UTTER_SOCKET": path]) }
    }

    @Test(
        "that is named must be usable",
        arguments: ["/nowhere/utter.sock", "/etc/passwd/utter.sock", "/dev/null", String(repeating: "long", count: 50)])
    func unusable(path: String) {
        #expect {
            try DaemonSocket.find(in: ["UTTER_SOCKET": path])
        } throws: { error in
            (error as? Fault)?.code == .daemonUnreachable
        }
    }

    private func leaveSocket(at path: String) throws {
        _ = unsafe unlink(path)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
    }
}
