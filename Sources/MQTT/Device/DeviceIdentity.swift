// SPDX-License-Identifier: GPL-3.0-or-later
import COpenSSL

/// The ID by which Home Assistant recognizes this machine, even after Utter was reinstalled.
package enum DeviceIdentity {
    /// - Parameter read: reads a file; `nil` if it can't.
    package static func ofThisMachine(hostName: String, read: (String) -> [UInt8]?) -> String {
        for file in ["/etc/machine-id", "/var/lib/dbus/machine-id"] {
            let id = read(file).map { String(decoding: $0, as: UTF8.self).filter { $0.isHexDigit } } ?? ""
            if id.count == 32 { return identity(of: id) }
        }
        // A container may have none.
        return identity(of: hostName)
    }

    /// 16 hexadecimal digits of a hash: machine-id(5) asks programs not to show the ID itself on a network.
    static func identity(of machine: String) -> String {
        let salted = Array("Utter MQTT device \(machine)".utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: CUnsignedInt = 0
        _ = unsafe EVP_Digest(salted, salted.count, &digest, &length, EVP_sha256(), nil)
        return digest.prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
