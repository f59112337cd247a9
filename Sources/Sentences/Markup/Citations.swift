// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers in brackets: citations are not read, lists are.
extension MarkupReader {
    /// `[1]`, `[2, 3]`, `[^note]`: not read.
    func isCitation(_ range: Range<Int>) -> Bool {
        guard let first = byte(at: range.lowerBound), !range.isEmpty else { return false }
        if first == UInt8(ascii: "^") { return true }
        return first.isDigit && range.count <= 16
            && range.allSatisfy { source[$0].isDigit || [0x20, 0x2C, 0x2D, 0xE2, 0x80, 0x93].contains(source[$0]) }
    }

    /// Whether the sentence needs the numbers of `range`: "The list [1, 2] is sorted", "as shown in [1]".
    ///
    /// Citations are in ascending order from 1, and the sentence could end without them. A list follows a symbol or a
    /// word that can't end a sentence, or a noun for a list.
    func isNeeded(_ range: Range<Int>, _ plain: PlainText) -> Bool {
        guard source[range.lowerBound].isDigit else { return false }
        guard let numbers = numbers(range) else { return false }
        if numbers.first == 0 || zip(numbers, numbers.dropFirst()).contains(where: { $0 >= $1 }) { return true }
        let isList = numbers.count > 1
        guard !plain.isAtBlockStart else { return isList }
        if isList, nounsBehind.contains(where: { plain.bytes.hasSuffix($0) }) { return true }
        // Right after a word, it is a citation or an index without code marks.
        guard plain.endsInBlank, plain.end > plain.bytes.start else { return false }
        let bytes = plain.bytes
        switch bytes[plain.end - 1] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "("): return true
        case UInt8(ascii: ":"): return isList
        default:
            let word = WordKey(bytes[bytes.word(before: plain.end, notBefore: bytes.start)])
            return CitationWords.needy.contains(word) || isList && CitationWords.lists.contains(word)
        }
    }

    /// Nouns for lists of numbers, in text without spaces.
    private var nounsBehind: [StaticString] {
        ["区间", "坐标", "数组", "列表", "向量", "序列", "集合", "范围", "区間", "配列", "座標"]
    }

    /// The numbers between commas; `nil` if there are ranges.
    private func numbers(_ range: Range<Int>) -> [Int]? {
        var numbers: [Int] = []
        var isInNumber = false
        for offset in range {
            let byte = source[offset]
            if byte.isDigit {
                let digit = Int(byte - 0x30)
                if isInNumber, let last = numbers.popLast() {
                    numbers.append(min(last, 99_999) * 10 + digit)
                } else {
                    numbers.append(digit)
                }
            } else if byte != 0x20, byte != UInt8(ascii: ",") {
                return nil
            }
            isInNumber = byte.isDigit
        }
        return numbers
    }
}

/// The words before numbers in brackets that are not a citation.
private enum CitationWords {
    /// Something must follow these.
    static let needy = WordSet([
        "a an the is are was be of in to from by with for and or as at on than into between like equals returns gives",
        "ist sind war von in zu aus mit für und oder als auf zwischen ergibt liefert der die das den dem",
        "est sont de à dans avec pour et ou par entre donne le la les",
        "es son en con para y o por entre devuelve el la los las un una",
        "è sono di in con per e tra il i lo una", "é são em com para e por entre os as um uma",
    ])
    static let lists = WordSet([
        "list array vector tuple set matrix interval range sequence numbers values elements indices input output result",
        "liste vektor tupel menge intervall folge zahlen werte elemente eingabe ausgabe ergebnis",
        "tableau vecteur intervalle suite nombres valeurs éléments lista arreglo intervalo números valores elementos",
        "vettore insieme intervallo numeri valori vetor conjunto",
    ])
}
