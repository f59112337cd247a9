// SPDX-License-Identifier: GPL-3.0-or-later

/// The names of weekdays and months, and their short forms.
struct Calendar: Sendable {
    /// What a written name stands for. "mar" is a Tuesday and March in Italian.
    struct Name: Sendable {
        /// From 0, Monday.
        var weekday: Int?
        /// From 0, January.
        var month: Int?
    }

    /// The full names from Monday on.
    let weekdays: [String]
    /// The full names from January on.
    let months: [String]
    /// Whether names are capitalized: then "sun" isn't Sunday.
    let hasCapitals: Bool
    private let names: FoldedTable<Name>
    /// The first two letters of the names, if they are ASCII.
    private var beginnings = Array(repeating: false, count: 1_024)

    /// - Parameters:
    /// - weekdays: the full names from Monday on, with short forms after slashes: "Monday/mon Tuesday/tue/tues".
    ///   - months: the same from January on.
    init(weekdays: String, months: String) {
        let days = weekdays.split(separator: " ").map { $0.split(separator: "/").map(String.init) }
        let parts = months.split(separator: " ").map { $0.split(separator: "/").map(String.init) }
        self.weekdays = days.map { $0[0] }
        self.months = parts.map { $0[0] }
        hasCapitals = days.first?[0].first?.isUppercase ?? false
        var names: [String: Name] = [:]
        for (index, forms) in days.enumerated() {
            for form in forms { names[form.lowercased(), default: Name()].weekday = index }
        }
        for (index, forms) in parts.enumerated() {
            for form in forms { names[form.lowercased(), default: Name()].month = index }
        }
        self.names = FoldedTable(names.map { ($0.key, $0.value) })
        for name in names.keys {
            let letters = Array(name.unicodeScalars.prefix(2))
            if letters.count == 2, let place = Self.place(letters[0], letters[1]) { beginnings[place] = true }
        }
    }

    /// For a language whose dates are left to eSpeak NG.
    static let none = Calendar(weekdays: "", months: "")

    func name(_ word: some Sequence<Unicode.Scalar>) -> Name? { names[FoldedWord(word)] }

    /// Whether a name may begin with these letters, as most words don't.
    func mayBegin(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        Self.place(first, second).map { beginnings[$0] } ?? true
    }

    /// The index in ``beginnings``; `nil` unless both are ASCII letters.
    private static func place(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Int? {
        guard first.isASCIILetter, second.isASCIILetter else { return nil }
        return Int(first.value & 31) << 5 | Int(second.value & 31)
    }
}
