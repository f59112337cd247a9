// SPDX-License-Identifier: GPL-3.0-or-later

extension Duration {
    /// The duration in whole nanoseconds, as atomics hold it; clamped to ±292 years.
    var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isSlightlyTooLong) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return isTooLong || isSlightlyTooLong ? (seconds < 0 ? .min : .max) : sum
    }
}
