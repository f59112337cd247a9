// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
package import NIOCore

extension SocketAddress {
    /// The address that a socket is bound to; `nil` for one that is none, or has no address of the internet or the file
    /// system.
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
