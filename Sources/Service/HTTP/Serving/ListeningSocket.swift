// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import NIOCore
package import Utterance

/// A socket that clients connect to; whoever made it hands it to ``HTTPService`` and has done with it.
package struct ListeningSocket: Sendable {
    package let descriptor: CInt
    /// As people write it: `127.0.0.1:8473`, a path.
    package let name: String
    /// A file that goes with the socket.
    let path: String?

    /// It is a unix socket, so that its file's permissions say who may connect.
    var isLocal: Bool {
        if case .unixDomainSocket? = SocketAddress(boundTo: descriptor) { true } else { false }
    }

    /// A socket that is bound and listens already.
    package init(adopting descriptor: CInt, name: String) {
        self.descriptor = descriptor
        self.name = name
        path = nil
    }

    /// Connections that wait to be taken.
    private static let backlog: CInt = 128

    /// Makes a unix socket that its owner and the group `utter`, if there is one, may use. A file that another daemon
    /// left there is replaced, one behind which somebody answers is not.
    ///
    /// - Throws: `Fault(.configurationInvalid)`.
    package init(path: String) throws(Fault) {
        guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
            throw Self.fault(path, "the path is too long")
        }
        Self.makeFolders(of: path)
        if Self.isAnswered(address) { throw Self.fault(path, "another daemon answers there") }
        try Self.removeSocket(path)
        // The file must never be there with more permissions than it is to have.
        let mask = umask(0o177)
        defer { umask(mask) }
        descriptor = try Self.bound(to: address, name: path)
        // Without that group the file has the owner's usual one, which may be everybody's.
        let group = unsafe getgrnam("utter").map { unsafe $0.pointee.gr_gid }
        let isGroups = group.map { unsafe chown(path, uid_t.max, $0) == 0 } ?? false
        unsafe chmod(path, isGroups ? 0o660 : 0o600)
        name = path
        self.path = path
    }

    /// - Throws: `Fault(.configurationInvalid)`.
    package init(address: SocketAddress) throws(Fault) {
        descriptor = try Self.bound(to: address, name: address.plainName)
        // Of port 0 the system has made one that was free.
        name = (SocketAddress(boundTo: descriptor) ?? address).plainName
        path = nil
    }

    /// Makes those that are missing; where that fails, binding the socket says why.
    private static func makeFolders(of path: String) {
        for end in path.indices.dropFirst() where path[end] == "/" { unsafe mkdir(String(path[..<end]), 0o755) }
    }

    private static func bound(to address: SocketAddress, name: String) throws(Fault) -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(CInt(address.protocol.rawValue), kind, 0)
        guard descriptor >= 0 else { throw fault(name, message(of: errno)) }
        var reuse: CInt = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<CInt>.size))
        let isBound = unsafe address.withSockAddr { unsafe bind(descriptor, $0, socklen_t($1)) } == 0
        guard isBound, listen(descriptor, backlog) == 0 else {
            let reason = message(of: errno)
            close(descriptor)
            throw fault(name, reason)
        }
        return descriptor
    }

    /// Removes what a daemon left behind, but nothing else that somebody may have there.
    private static func removeSocket(_ path: String) throws(Fault) {
        let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        if file >= 0 {
            close(file)
            throw fault(path, "another file is there")
        }
        switch errno {
        case ENOENT: return
        // What open(2) says of sockets.
        case ENXIO: unsafe unlink(path)
        default: throw fault(path, message(of: errno))
        }
    }

    private static func isAnswered(_ address: SocketAddress) -> Bool {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return unsafe address.withSockAddr { unsafe connect(descriptor, $0, socklen_t($1)) } == 0
    }

    private static func message(of code: CInt) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }

    private static func fault(_ name: String, _ reason: String) -> Fault {
        Fault(
            .configurationInvalid,
            "Clients can't be taken at \(name) (\(reason)); is a daemon running already? server.listen and server.socket "
                + "choose other places.")
    }
}
