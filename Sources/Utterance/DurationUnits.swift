// SPDX-License-Identifier: GPL-3.0-or-later

extension Duration {
    /// The duration in seconds, with fractions.
    package var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    /// The duration in milliseconds, with fractions.
    package var inMilliseconds: Double {
        inSeconds * 1_000
    }
}
