// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of each script a text holds.
struct ScriptWeights {
    private var weights = [Int](repeating: 0, count: Script.allCases.count)

    mutating func count(_ script: Script) {
        // A word counts twice, a character of a script without blanks once.
        weights[Int(script.rawValue)] += script.isSpaceless ? 1 : 2
    }

    mutating func add(_ weight: Int, to script: Script) {
        weights[Int(script.rawValue)] += weight
    }

    mutating func add(_ other: ScriptWeights, times factor: Int) {
        for index in weights.indices { weights[index] += other.weights[index] * factor }
    }

    subscript(script: Script) -> Int { weights[Int(script.rawValue)] }

    /// The script that the text is mostly written in. Kana and Han are one text.
    var base: Script? {
        let most = Script.allCases.max { weight($0) < weight($1) }
        guard let most, weight(most) > 0 else { return nil }
        return most == .kana ? .han : most
    }

    private func weight(_ script: Script) -> Int {
        switch script {
        case .han, .kana: self[.han] + self[.kana]
        default: self[script]
        }
    }
}
