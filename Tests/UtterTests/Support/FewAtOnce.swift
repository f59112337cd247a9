// SPDX-License-Identifier: GPL-3.0-or-later
import Channels
import Glibc
import Testing

/// Runs few tests at a time, and few of their cases: each starts whole programs, which need a core to themselves.
///
/// The tests of a suite wait for each other before their time limit counts; only the cases of one test share it.
struct FewAtOnce: TestTrait, SuiteTrait, TestScoping {
    private static let width = 2 * max(2, sysconf(CInt(_SC_NPROCESSORS_ONLN)))
    private static let tests = Watched(width)
    private static let cases = Watched(width)

    var isRecursive: Bool { true }

    func scopeProvider(for test: Test, testCase: Test.Case?) -> FewAtOnce? {
        test.isSuite ? nil : self
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let places = testCase == nil ? Self.tests : Self.cases
        try await places.wait { free -> Void? in
            guard free > 0 else { return nil }
            free -= 1
        }
        defer { places.change { $0 += 1 } }
        try await function()
    }
}

extension Trait where Self == FewAtOnce {
    static var fewAtOnce: Self { FewAtOnce() }
}
