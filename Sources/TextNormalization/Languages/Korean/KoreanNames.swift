// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// The words of Korean that tell what a figure beside them is.
    mutating func addKoreanNames() {
        quantities.durations = [
            (["d"], ["일", "일"]),
            (["h"], ["시간", "시간"]),
            (["m", "min"], ["분", "분"]),
            (["s"], ["초", "초"]),
        ]
        numbers.ratio = "대"
        numbers.codeWords = ["번호", "코드"]
    }
}
