// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import NIOCore
package import Utterance

/// A socket that clients connect to. ``HTTPService`` takes ownership of it.
package struct ListeningSocket: Sendable {
    package let descriptor: CInt
    /// As people write it: `127.0.0.1:8473`, a path.
    package let name: String
    /// A file that goes with the socket.
    let path: String?

    /// It is a unix socket, so that the file's permissions decide who may connect.
    var isLocal: Bool {
        if case .unixDomainSocket? = SocketAddress(boundTo: descriptor) { true } else { false }
    }

    /// Takes a socket that is bound and listening already.
    package init(adopting descriptor: CInt, name: String) {
        self.descriptor = descriptor
        self.name = name
        path = nil
    }

    /// The most connections that wait to be accepted.
    private static let backlog: CInt = 128

    /// Makes a unix socket for its owner and the group `utter`, if there is one. A stale socket file is replaced, but not one
    /// that another daemon listens on.
    ///
    /// - Throws: `Fault(.configurationInvalid)`.
    package init(path: String) throws(Fault) {
        guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
            throw Self.fault(path, "the path is too long")
        }
        Self.makeFolders(of: path)
        if Self.isAnswered(address) { throw Self.fault(path, "another daemon answers there") }
        try Self.removeSocket(path)
        // The file must never exist with more permissions than intended.
        let mask = umask(0o177)
        defer { umask(mask) }
        descriptor = try Self.bound(to: address, name: path)
        // Without that group, the file has the owner's default one, which may include everybody.
        let group = unsafe getgrnam("utter").map { unsafe $0.pointee.gr_gid }
        let isGroups = group.map { unsafe chown(path, uid_t.max, $0) == 0 } ?? false
        unsafe chmod(path, isGroups ? 0o660 : 0o600)
        name = path
        self.path = path
    }

    /// - Parameter settings: the settings that choose the address, for error messages.
    /// - Throws: `Fault(.configurationInvalid)`.
    package init(address: SocketAddress, settings: String = usualSettings) throws(Fault) {
        descriptor = try Self.bound(to: address, name: address.plainName, settings)
        // For port 0, the system has chosen a free one.
        name = (SocketAddress(boundTo: descriptor) ?? address).plainName
        path = nil
    }

    /// Creates missing folders; if that fails, binding the socket will say why.
    private static func makeFolders(of path: String) {
        for end in path.indices.dropFirst() where path[end] == "/" { unsafe mkdir(String(path[..<end]), 0o755) }
    }

    /// The settings that choose the addresses of the daemon's API.
    package static let usualSettings = "server.listen and server.socket"

    private static func bound(
        to address: SocketAddress, name: String, _ settings: String = usualSettings
    ) throws(Fault) -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(CInt(address.protocol.rawValue), kind, 0)
        guard descriptor >= 0 else { throw fault(name, SystemError.text(errno), settings) }
        var reuse: CInt = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<CInt>.size))
        let isBound = unsafe address.withSockAddr { unsafe bind(descriptor, $0, socklen_t($1)) } == 0
        guard isBound, listen(descriptor, backlog) == 0 else {
            let reason = SystemError.text(errno)
            close(descriptor)
            throw fault(name, reason, settings)
        }
        return descriptor
    }

    /// Removes a stale socket, but no other file.
    private static func removeSocket(_ path: String) throws(Fault) {
        let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        if file >= 0 {
            close(file)
            throw fault(path, "another file is there")
        }
        switch errno {
        case ENOENT: return
        // open(2) reports this for sockets.
        case ENXIO: unsafe unlink(path)
        default: throw fault(path, SystemError.text(errno))
        }
    }

    private static func isAnswered(_ address: SocketAddress) -> Bool {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return unsafe address.withSockAddr { unsafe connect(descriptor, $0, socklen_t($1)) } == 0
    }

    private static func fault(_ name: String, _ reason: String, _ settings: String = usualSettings) -> Fault {
        Fault(
            .configurationInvalid,
            "Can't listen at \(name) (\(reason)); is a daemon running already? \(settings) "
                + "choose other places.")
    }
}

extension SocketAddress {
    /// The address that a socket is bound to; `nil` for other descriptors, and for sockets that are neither internet nor
    /// unix ones.
    package init?(boundTo descriptor: CInt) {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        guard result == 0 else { return nil }
        let address: SocketAddress? = unsafe withUnsafeBytes(of: &storage) { bytes in
            switch CInt(unsafe bytes.load(as: sockaddr_storage.self).ss_family) {
            case AF_INET: unsafe SocketAddress(bytes.load(as: sockaddr_in.self))
            case AF_INET6: unsafe SocketAddress(bytes.load(as: sockaddr_in6.self))
            case AF_UNIX: unsafe SocketAddress(bytes.load(as: sockaddr_un.self))
            default: nil
            }
        }
        guard let address else { return nil }
        self = address
    }

    /// As people write it.
    package var plainName: String {
        guard let ipAddress, let port else { return pathname ?? "a unix socket" }
        return ipAddress.contains(":") ? "[\(ipAddress)]:\(port)" : "\(ipAddress):\(port)"
    }
}
