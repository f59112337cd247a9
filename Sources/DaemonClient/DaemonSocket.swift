// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import Utterance

/// The unix socket that the daemon listens on, and how to find it.
package enum DaemonSocket {
    /// The environment variable that names it; if it is set but empty, no daemon is used.
    package static let variable = "UTTER_SOCKET"

    /// Where to look for it, in this order: the user's own daemon, then the system's.
    package static func candidates(in environment: [String: String]) -> [String] {
        if let path = environment[variable] { return path.isEmpty ? [] : [path] }
        return [ownPath(in: environment), machinePath].compactMap(\.self)
    }

    /// Where a daemon listens unless its settings say otherwise.
    package static func usualPath(in environment: [String: String]) -> String {
        ownPath(in: environment) ?? machinePath
    }

    private static let machinePath = "/run/utter/utter.sock"

    private static func ownPath(in environment: [String: String]) -> String? {
        environment["XDG_RUNTIME_DIR"].flatMap { $0.isEmpty ? nil : "\($0)/utter/utter.sock" }
    }

    /// The path of a socket with a listener; `nil` if there is none.
    ///
    /// It takes only a `connect` for each candidate, so that looking doesn't slow down commands without a daemon.
    ///
    /// - Throws: `Fault(.daemonUnreachable)` if a socket exists but can't be used, or was named but has no listener.
    package static func find(in environment: [String: String]) throws(Fault) -> String? {
        for path in candidates(in: environment) {
            let code = connectionError(path)
            switch code {
            case 0, EAGAIN: return path  // EAGAIN: it is there, and very busy
            case ENOENT, ENOTDIR, ECONNREFUSED:
                if environment[variable] != nil { throw Fault.nobody(at: path) }
            case EACCES, EPERM: throw Fault.notPermitted(path)
            default: throw Fault.unusable(path, cause: SystemError.text(code))
            }
        }
        return nil
    }

    /// Connects, and hangs up at once.
    ///
    /// - Returns: the error number, 0 for success.
    private static func connectionError(_ path: String) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
            // A byte remains for the 0 at the end.
            let bytes = Array(path.utf8)
            guard bytes.count < room.count, !bytes.contains(0) else { return false }
            unsafe room.copyBytes(from: bytes)
            return true
        }
        guard fits else { return ENAMETOOLONG }
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 ? 0 : errno
    }
}
