// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A server whose connection queue is full: the kernel doesn't reply to clients.
final class UnansweringServer {
    let url: String
    private let descriptors: [CInt]

    struct NotStarted: Error {}

    init() throws {
        let listener = try newSocket()
        var address = loopback(port: 0)
        guard unsafe on(&address, { unsafe bind(listener, $0, $1) }) == 0, listen(listener, 0) == 0 else {
            throw NotStarted()
        }
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard unsafe on(&address, { pointer, _ in unsafe getsockname(listener, .init(mutating: pointer), &size) }) == 0
        else {
            throw NotStarted()
        }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        // One fits; the others make sure.
        let clients = try (0..<3).map { _ in try newSocket() }
        for client in clients { _ = unsafe on(&address) { unsafe connect(client, $0, $1) } }
        descriptors = [listener] + clients
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }
}

/// A named pipe that is full.
final class FullPipe {
    private let descriptor: CInt

    struct NotMade: Error {}

    init(at path: String) throws {
        guard unsafe mkfifo(path, 0o600) == 0 else { throw NotMade() }
        descriptor = unsafe open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        let bytes = [UInt8](repeating: 0, count: 4_096)
        while unsafe write(descriptor, bytes, bytes.count) > 0 {}
    }

    deinit {
        close(descriptor)
    }
}

private func newSocket() throws -> CInt {
    let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
    let descriptor = socket(AF_INET, kind, 0)
    guard descriptor >= 0 else { throw UnansweringServer.NotStarted() }
    return descriptor
}

private func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    return address
}

private func on(_ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
    unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
}
