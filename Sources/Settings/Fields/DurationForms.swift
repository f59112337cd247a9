// SPDX-License-Identifier: GPL-3.0-or-later

/// The unit at the end of a key's name.
enum TimeUnit: Double {
    case milliseconds = 1
    case seconds = 1_000
    case minutes = 60_000

    /// Rounded to a millisecond.
    func duration(_ count: Double) -> Duration {
        .milliseconds(Int64((count * rawValue).rounded()))
    }

    func count(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return (Double(seconds) * 1_000 + Double(attoseconds / 1_000_000_000_000_000)) / rawValue
    }
}

extension ValueForm<Duration> {
    /// A number of `unit`; fractions are allowed.
    static func time(_ unit: TimeUnit, in range: ClosedRange<Double>) -> Self {
        let (least, most) = (range.lowerBound.short, range.upperBound.short)
        return ValueForm(
            expected: "a number from \(least) to \(most)", range: "\(least) to \(most)",
            read: { $0.plainText?.number.flatMap { range.contains($0) ? unit.duration($0) : nil } },
            write: { unit.count($0).short })
    }
}

extension ValueForm<Duration?> {
    /// A number of `unit`; 0 means no limit.
    static func limit(_ unit: TimeUnit, upTo most: Double) -> Self {
        let form = ValueForm<Duration>.time(unit, in: 0...most)
        return ValueForm(
            expected: form.expected, range: form.range, isMap: false,
            read: { node throws(SettingsError.Problem) in
                let duration = try form.read(node)
                return duration == .zero ? nil : duration
            },
            write: { form.write($0 ?? .zero) })
    }
}

extension Double {
    /// Without a trailing `.0`.
    fileprivate var short: String {
        Int(exactly: self).map { String($0) } ?? String(self)
    }
}
