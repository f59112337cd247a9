// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// libFuzzer, which provides the main function, calls this with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// The kinds of untrusted input that can be fuzzed.
enum FuzzTarget: String, CaseIterable {
    case ndjson
    case sse
    case errors
    case text
    case settings
    case requests
    case connections
    case frames
    case voices

    /// The target named by `UTTER_FUZZ_TARGET`.
    static let chosen: FuzzTarget = {
        let name = unsafe getenv("UTTER_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            broken("UTTER_FUZZ_TARGET must be one of \(allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return target
    }()

    func run(_ bytes: [UInt8]) {
        switch self {
        case .ndjson: fuzzLines(bytes)
        case .sse: fuzzEvents(bytes)
        case .errors: fuzzErrors(bytes)
        case .text: fuzzText(bytes)
        case .settings: fuzzSettings(bytes)
        case .requests: fuzzRequests(bytes)
        case .connections: fuzzConnection(bytes)
        case .frames: fuzzFrames(bytes)
        case .voices: fuzzVoices(bytes)
        }
    }
}

/// Ends the run; libFuzzer then writes the input to a file.
func broken(_ what: String) -> Never {
    fatalError(what)
}

func check(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { broken(what()) }
}

/// Checks that text can be logged or shown on a terminal.
func checkPrintable(_ message: String) {
    check(
        message.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) },
        "a control character in \(message.debugDescription)")
}

/// Checks that `read` has the same result however the bytes are split.
///
/// - Returns: that result.
@discardableResult
func checkSplit<Value: Equatable>(_ bytes: [UInt8], _ read: ([[UInt8]]) -> Value) -> Value {
    let whole = read([bytes])
    for size in [1, bytes.anySize] {
        let cut = read(bytes.parts(of: size))
        check(cut == whole, "in parts of \(size): \(String(reflecting: cut)), not \(String(reflecting: whole))")
    }
    return whole
}

extension Array {
    /// The elements in parts of `size`.
    func parts(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}

extension Collection {
    /// A part size that varies between inputs.
    var anySize: Int { 2 + count % 11 }
}
