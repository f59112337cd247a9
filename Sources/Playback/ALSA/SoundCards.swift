// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Utterance

/// The machine's sound cards, as listed by the kernel.
package struct SoundCards: Sendable {
    /// A program that has a card open for playback.
    package struct Holder: Sendable, Hashable {
        package var process: Int
        package var name: String
    }

    private let folder: String
    private let processes: String

    /// - Parameter root: where `/proc` is.
    package init(root: String = "/proc") {
        folder = "\(root)/asound"
        processes = root
    }

    /// The names of the cards that are there, such as `Intel`, by number.
    var ids: [String] {
        paths("card*/id").compactMap { line(of: $0) }
    }

    /// - Parameter name: a card's name or number.
    func has(_ name: String) -> Bool {
        !paths("card\(name)/id").isEmpty || ids.contains(name)
    }

    /// The card in an ALSA device's name: `Audio` in `plughw:CARD=Audio,DEV=0`, `1` in `hw:1`.
    static func card(in device: String) -> String? {
        let parts = device.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, Self.kinds.contains(String(parts[0])) else { return nil }
        let fields = parts[1].split { $0 == "," || $0 == "'" || $0 == "\"" }
        let named = fields.first { $0.hasPrefix("CARD=") }.map { $0.dropFirst(5) }
        return (named ?? fields.first).map(String.init)
    }

    private static let kinds: Set = [
        "hw", "plughw", "sysdefault", "default", "dmix", "front", "hdmi", "iec958", "usbstream",
    ]

    /// The program that plays through the device, or through any if the device's name doesn't include a card. ALSA lets
    /// a single program use a card's device, so there is usually just one.
    package func holder(of device: String) -> Holder? {
        let card = Self.card(in: device)
        let ids = card.map { name in
            paths("card*/id").filter { line(of: $0) == name || $0.hasSuffix("card\(name)/id") }
        }
        let folders = ids?.map { String($0.dropLast(3)) } ?? ["\(folder)/card*"]
        for status in folders.flatMap({ paths("pcm*p/sub*/status", in: $0) }) {
            guard let owner = field("owner_pid", of: status).flatMap(Int.init) else { continue }
            // The kernel reports a thread.
            let process = field("Tgid", of: "\(processes)/\(owner)/status").flatMap(Int.init) ?? owner
            guard let name = line(of: "\(processes)/\(process)/comm") else { continue }
            return Holder(process: process, name: name.printable)
        }
        return nil
    }

    private func paths(_ pattern: String, in parent: String? = nil) -> [String] {
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        guard unsafe glob("\(parent ?? folder)/\(pattern)", 0, nil, &found) == 0 else { return [] }
        return (0..<Int(unsafe found.gl_pathc)).compactMap { index in
            unsafe found.gl_pathv[index].map { unsafe String(cString: $0) }
        }
    }

    /// The first line of a small file.
    private func line(of path: String) -> String? {
        text(of: path)?.split(separator: "\n").first.map(String.init)
    }

    /// The text after the colon in the line that begins with `name`.
    private func field(_ name: String, of path: String) -> String? {
        guard let line = text(of: path)?.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return String(line[colon...].dropFirst().drop { $0 == " " || $0 == "\t" })
    }

    private func text(of path: String) -> String? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 2_048)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
