// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A port of this machine on which connections are never established: it listens, but its queue is full, so that Linux
/// drops every further SYN, as if the machine were switched off.
final class FullBacklog: Sendable {
    let port: Int
    private let sockets: [CInt]

    init() {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let listener = Self.makeSocket()
        unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = unsafe bind(listener, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        listen(listener, 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = unsafe getsockname(listener, pointer, &length)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        // A queue of 0 has room for one; the others make sure that it is full.
        let clients = (0..<4).map { _ in Self.makeSocket() }
        for client in clients {
            unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    _ = unsafe connect(client, pointer, length)
                }
            }
        }
        sockets = clients + [listener]
    }

    deinit {
        for socket in sockets { close(socket) }
    }

    private static func makeSocket() -> CInt {
        socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    }
}
