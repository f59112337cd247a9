// SPDX-License-Identifier: GPL-3.0-or-later

/// Currencies that are written as letters before an amount.
enum CurrencyCodes {
    /// ISO 4217, and RMB.
    static let all: Set<String> = [
        "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "HKD", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD",
        "PLN", "RMB", "RUB", "SEK", "SGD", "THB", "TWD", "USD", "VND", "ZAR",
    ]

    /// Letters before "$".
    static let prefixes: Set<String> = ["US", "HK", "NT", "A", "AU", "C", "CA", "S", "NZ", "R"]
}

extension CleanText {
    /// Whether there is a currency code right before the number at `index`: "HKD13.5".
    func isBehindCurrencyCode(_ index: Int) -> Bool {
        currencyCodeStart(before: index) != nil
    }

    /// Where the currency code before a number at `index` begins, or the letters before its symbol: "USD 20", "HK$50".
    func currencyCodeStart(before index: Int) -> Int? {
        var end = index
        var isDollar = index < count && scalars[index] == "$"
        if end > 0, scalars[end - 1] == "$" {
            end -= 1
            isDollar = true
        }
        if !isDollar, end > 0, scalars[end - 1].isBlank { end -= 1 }
        var start = end
        while start > 0, end - start < 4, scalars[start - 1].value &- 0x41 < 26 { start -= 1 }
        guard end > start, end - start < 4, start == 0 || Script(scalars[start - 1]) != .latin else { return nil }
        let known = isDollar ? CurrencyCodes.prefixes : CurrencyCodes.all
        return known.contains(string(start..<end)) ? start : nil
    }
}
