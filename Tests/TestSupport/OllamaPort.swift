// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// The port where Ollama listens, and where `utter` looks for it unless told otherwise.
///
/// Some tests need it unused, and some run a server on it, so each of them has it exclusively.
package enum OllamaPort {
    package static let number = 11_434
    /// Whether a server, probably Ollama, listened there before the tests used it.
    private static let isTaken = isListening()

    /// Whether tests may use it; on the build machines they must.
    package static let isUsable = SoundWorld.mustRun || !isTaken
    package static let reasonToSkip = "an Ollama runs here"

    private static let last = Mutex<Gate?>(nil)

    /// Runs `body` once the earlier tests that use the port have ended.
    package static func alone<Result>(_ body: () async throws -> Result) async throws -> Result {
        _ = isTaken
        let end = Gate()
        defer { end.open() }
        let before = last.withLock { last in
            defer { last = end }
            return last
        }
        try await before?.opened()
        return try await body()
    }

    private static func isListening() -> Bool {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(number).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
