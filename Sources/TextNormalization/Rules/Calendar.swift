// SPDX-License-Identifier: GPL-3.0-or-later

/// The names of weekdays and months, and how they are written short.
struct Calendar: Sendable {
    /// What a written name stands for. "mar" is a Tuesday and March in Italian.
    struct Name: Sendable {
        /// From Monday, 0, on.
        var weekday: Int?
        /// From January, 0, on.
        var month: Int?
    }

    /// The full names from Monday on.
    let weekdays: [String]
    /// The full names from January on.
    let months: [String]
    /// Whether names have a capital: then "sun" is no Sunday.
    let hasCapitals: Bool
    private let names: FoldedTable<Name>
    /// The first two letters of names, as far as they are ASCII.
    private var beginnings = Array(repeating: false, count: 1_024)

    /// - Parameters:
    ///   - weekdays: the full names from Monday on, with short forms behind slashes: "Monday/mon Tuesday/tue/tues".
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

    /// A language whose dates are left to eSpeak NG.
    static let none = Calendar(weekdays: "", months: "")

    func name(_ word: some Sequence<Unicode.Scalar>) -> Name? { names[FoldedWord(word)] }

    /// Whether a name may begin with these letters: most words don't.
    func mayBegin(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        Self.place(first, second).map { beginnings[$0] } ?? true
    }

    /// Among ``beginnings``; nil where one is no letter of ASCII.
    private static func place(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Int? {
        guard first.isASCIILetter, second.isASCIILetter else { return nil }
        return Int(first.value & 31) << 5 | Int(second.value & 31)
    }
}
