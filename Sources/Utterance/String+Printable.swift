// SPDX-License-Identifier: GPL-3.0-or-later

extension String {
    /// The text with control characters and line ends turned into blanks: fit for a terminal and a log line.
    ///
    /// Text from a model or the network could otherwise move the cursor or forge log lines (C0, DEL, C1, U+2028/9,
    /// and the bidirectional embeddings, overrides and isolates). Each becomes one blank.
    package var printable: String {
        guard unicodeScalars.contains(where: \.isUnsafeToPrint) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            result.append(scalar.isUnsafeToPrint ? " " : scalar)
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    fileprivate var isUnsafeToPrint: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
