// SPDX-License-Identifier: GPL-3.0-or-later

extension ValueForm<String> {
    /// Text of one line or more.
    static let text = ValueForm(
        expected: "text",
        read: { $0.text.flatMap { $0.unicodeScalars.contains(where: \.isForbiddenInText) ? nil : $0 } },
        write: \.quotedForYAML)

    /// A line of text that isn't empty, such as a name.
    static let name = ValueForm(
        expected: "text of one line",
        read: { $0.text.flatMap { $0.isEmpty || $0.unicodeScalars.contains(where: \.isControl) ? nil : $0 } },
        write: \.quotedForYAML)

    /// A BCP 47 tag that is well-formed, whether or not it exists.
    static let languageTag = ValueForm(
        expected: "a language tag such as en, zh or pt-BR",
        read: { $0.text.flatMap { $0.isLanguageTag ? $0 : nil } },
        write: { $0 })
}

extension ValueForm<PromptTemplate> {
    static let template = ValueForm(
        expected: "text that contains {prompt}, names in braces, and {{ or }} for a brace",
        read: { node in (try? ValueForm<String>.text.read(node)).flatMap(PromptTemplate.init) },
        write: \.source.quotedForYAML)
}

extension ValueForm<Bool> {
    static let flag = ValueForm(
        expected: "true or false", range: "true or false",
        read: { $0.plainText.flatMap(Bool.init) },
        write: { String($0) })
}

extension ValueForm<Int> {
    static func integer(in range: ClosedRange<Int>) -> Self {
        ValueForm(
            expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            range: "\(range.lowerBound) to \(range.upperBound)",
            read: { $0.plainText.flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil } },
            write: { String($0) })
    }
}

extension ValueForm where Value: RawRepresentable<String> & CaseIterable {
    /// One of the cases, by its name.
    static var choice: Self {
        let names = Value.allCases.map(\.rawValue)
        let list = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
        return ValueForm(
            expected: list, range: list, suggestions: names,
            read: { $0.text.flatMap(Value.init) },
            write: \.rawValue)
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        properties.generalCategory == .control
    }

    fileprivate var isForbiddenInText: Bool {
        isControl && self != "\n" && self != "\t" && self != "\r"
    }
}

extension String {
    var isLanguageTag: Bool {
        let parts = utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let language = parts.first, (2...3).contains(language.count), language.allSatisfy(\.isASCIILetter)
        else { return false }
        return parts.dropFirst().allSatisfy { part in
            (1...8).contains(part.count) && part.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
        }
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
