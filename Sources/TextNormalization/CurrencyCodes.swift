// SPDX-License-Identifier: GPL-3.0-or-later

/// Currencies that are written in letters before an amount.
enum CurrencyCodes {
    /// ISO 4217, and RMB.
    static let all: Set<String> = [
        "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "HKD", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD",
        "PLN", "RMB", "RUB", "SEK", "SGD", "THB", "TWD", "USD", "VND", "ZAR",
    ]

    /// Before "$".
    static let prefixes: Set<String> = ["US", "HK", "NT", "A", "AU", "C", "CA", "S", "NZ", "R"]
}
