// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Threads

/// The service manager's end of `NOTIFY_SOCKET`.
package final class DatagramSocket: Sendable {
    struct NotBound: Error {}

    private let descriptor: CInt

    /// - Parameter name: a path, or `@` and a name in the abstract namespace.
    package init(_ name: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(name.utf8)
        let isAbstract = name.hasPrefix("@")
        if isAbstract { path[0] = 0 } else { path.append(0) }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
        let size = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, size) }
        }
        guard result == 0 else { throw NotBound() }
    }

    deinit {
        close(descriptor)
    }

    /// The next message, as soon as it arrives.
    package func next() async -> String? {
        await withCheckedContinuation { continuation in
            startThread(name: "datagrams") { continuation.resume(returning: self.receive(flags: 0)) }
        }
    }

    /// The next message, if one has arrived.
    package func receive() -> String? {
        receive(flags: CInt(MSG_DONTWAIT))
    }

    private func receive(flags: CInt) -> String? {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe recv(descriptor, &bytes, bytes.count, flags)
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// All messages that have arrived.
    package func receiveAll() -> [String] {
        Array(sequence(state: ()) { _ in self.receive() })
    }
}
