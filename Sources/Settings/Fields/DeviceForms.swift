// SPDX-License-Identifier: GPL-3.0-or-later

extension ValueForm<[String]> {
    /// Names of ALSA devices, which contain commas: so even in an environment variable, a list is written as in the
    /// file.
    static let devices = ValueForm(
        expected: "a list of device names, such as [\"plughw:CARD=PCH,DEV=0\"]", isMap: true,
        read: { node throws(SettingsError.Problem) in
            let items: [Node]
            if case .sequence(let nodes) = node.value { items = nodes } else { items = [node] }
            let names = items.compactMap(\.text).filter { !$0.isEmpty && !$0.contains("\0") }
            guard names.count == items.count else {
                throw .misfit(node, expected: "a list of device names, such as [\"plughw:CARD=PCH,DEV=0\"]")
            }
            return names
        },
        write: { names in "[" + names.map(\.quotedForYAML).joined(separator: ", ") + "]" })
}
