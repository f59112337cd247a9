// SPDX-License-Identifier: GPL-3.0-or-later

extension ReadingRules {
    /// Adds the Korean words that show what a number next to them is.
    mutating func addKoreanNames() {
        quantities.durations = [
            (["d"], ["일", "일"]),
            (["h"], ["시간", "시간"]),
            (["m", "min"], ["분", "분"]),
            (["s"], ["초", "초"]),
        ]
        numbers.ratio = "대"
        dates.weekdayLetters = ["월": "월", "화": "화", "수": "수", "목": "목", "금": "금", "토": "토", "일": "일"]
        dates.weekdayEndings = [(["요", "일"], "요일"), ([], "요일")]
        numbers.codeNames = ["번호", "코드"]
    }
}
