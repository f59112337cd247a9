// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import Utterance

/// Listening sockets inherited from the service manager (`sd_listen_fds(3)`).
package enum SocketActivation {
    /// An inherited socket.
    package struct Inherited: Sendable, Hashable {
        package var descriptor: CInt
        /// `FileDescriptorName=` of its unit, or the unit's name; may be empty.
        package var name: String

        package init(descriptor: CInt, name: String) {
            self.descriptor = descriptor
            self.name = name
        }
    }

    /// The first inherited descriptor (`SD_LISTEN_FDS_START`).
    private static let first: CInt = 3

    /// The sockets that the environment announces for `process`; empty if there aren't any.
    package static func announced(in environment: [String: String], process: Int32) -> [Inherited] {
        guard environment["LISTEN_PID"].flatMap(Int32.init) == process,
            let count = environment["LISTEN_FDS"].flatMap(CInt.init), (1...1_024).contains(count)
        else { return [] }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
        return (0..<Int(count)).map { index in
            Inherited(descriptor: first + CInt(index), name: index < names.count ? String(names[index]) : "")
        }
    }

    /// Checks the sockets, and prevents child processes from inheriting them.
    ///
    /// - Throws: `Fault(.configurationInvalid)` for a descriptor that is not a listening stream socket.
    package static func adopt(_ sockets: [Inherited]) throws(Fault) {
        for socket in sockets {
            guard option(SO_ACCEPTCONN, of: socket.descriptor) == 1,
                option(SO_TYPE, of: socket.descriptor) == CInt(SOCK_STREAM.rawValue)
            else {
                let name = socket.name.isEmpty ? "\(socket.descriptor)" : "\(socket.descriptor) (\(socket.name))"
                throw Fault(
                    .configurationInvalid,
                    "Descriptor \(name), passed by the service manager, is not a listening stream socket; check the "
                        + "socket unit.")
            }
            let flags = fcntl(socket.descriptor, F_GETFD)
            _ = fcntl(socket.descriptor, F_SETFD, flags | FD_CLOEXEC)
        }
    }

    private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
        var value: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
    }
}
