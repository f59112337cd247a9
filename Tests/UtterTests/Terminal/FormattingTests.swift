// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import utter

@Suite struct FormattingTests {
    @Test(
        "Bytes have at least two digits, in powers of 1000",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (9_960, "10 kB"), (986_000_000, "986 MB"),
            (999_600_000, "1.0 GB"), (2_019_393_189, "2.0 GB"), (43_000_000_000, "43 GB"), (-1, "0 B"),
        ])
    func bytes(count: Int, text: String) {
        #expect(String(bytes: count) == text)
    }

    @Test(
        "Times are seconds, minutes or hours, rounded up",
        arguments: [(0.2, "1 s"), (59, "59 s"), (60, "1:00 min"), (185, "3:05 min"), (3720, "1:02 h"), (-1, "0 s")])
    func times(seconds: Double, text: String) {
        #expect(String(time: .seconds(seconds)) == text)
    }

    @Test("Han and similar characters take two columns")
    func columns() {
        #expect("ab".columns == 2)
        #expect("音量，".columns == 6)
        #expect("音".padded(to: 4) == "音  ")
        #expect("abc".padded(to: 2) == "abc")
        #expect("1".padded(to: 3, atStart: true) == "  1")
    }
}
