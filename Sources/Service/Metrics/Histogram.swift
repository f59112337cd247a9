// SPDX-License-Identifier: GPL-3.0-or-later

/// How often values fell under each of some bounds; Prometheus' cumulative histogram.
struct Histogram: Sendable {
    /// Upper bounds, ascending; the last bucket, which takes everything, is not among them.
    let bounds: [Double]
    /// Values in each bucket alone.
    private var counts: [Int]
    private(set) var sum = 0.0

    init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    var count: Int { counts.reduce(0, +) }

    mutating func add(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// Each bound with the number of values up to it.
    var cumulative: [(bound: Double, count: Int)] {
        var total = 0
        return zip(bounds, counts).map { bound, count in
            total += count
            return (bound, total)
        }
    }
}
