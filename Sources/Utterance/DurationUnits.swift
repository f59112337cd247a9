// SPDX-License-Identifier: GPL-3.0-or-later

extension Duration {
    /// The duration in seconds, fractions kept.
    package var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    /// The duration in milliseconds, fractions kept.
    package var inMilliseconds: Double {
        inSeconds * 1_000
    }
}
