// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import TextNormalization

/// Languages other than English and Chinese: our text sounds like the words that a person would say.
@Suite
struct OtherLanguagesSpeechTests {
    @Test(
        "German",
        arguments: [
            ("Heute ist der 3. Juli 2024", "Heute ist der dritte Juli 2024"), ("am 3. Juli", "am dritten Juli"),
            ("am 3.7.2024", "am dritten siebten 2024"), ("im 20. Jahrhundert", "im zwanzigsten Jahrhundert"),
            ("1999", "neunzehnhundert 99"), ("um 10:30 Uhr", "um zehn Uhr dreißig"),
            ("um 10.30 Uhr", "um zehn Uhr dreißig"),
            ("um 9:00 Uhr", "um neun Uhr"), ("5,50 €", "fünf Euro fünfzig"), ("0,99 €", "99 Cent"),
            ("$5 Millionen", "fünf Millionen Dollar"),
            ("22,1 °C", "zweiundzwanzig Komma eins Grad Celsius"), ("45 %", "45 Prozent"),
            ("5–10 kg", "fünf bis zehn Kilogramm"),
            ("120 km/h", "120 Kilometer pro Stunde"), ("z. B. heute", "zum Beispiel heute"),
            ("in der Goethestr. 5", "in der Goethestraße 5"), ("44 v. Chr. starb er", "44 vor Christus starb er"),
            ("2 EL Öl", "2 Esslöffel Öl"), ("zzgl. 19 % MwSt. im Jahr", "zuzüglich 19 % Mehrwertsteuer im Jahr"),
            ("z.B. heute", "zum Beispiel heute"),
            ("d. h. so", "das heißt so"), ("Dr. Müller", "Doktor Müller"), ("Nr. 5", "Nummer fünf"),
            ("usw. und so", "und so weiter und so"),
            ("1.000.000", "1000000"), ("Version 2.0.1", "Version zwei Punkt null Punkt eins"),
            ("3/4", "drei Viertel"), ("5 > 3", "fünf größer als drei"),
        ])
    func german(text: String, words: String) async throws { try await expectSame(text, words, "de") }

    @Test(
        "French",
        arguments: [
            ("29,95 €", "29 euros 95"), ("$5", "cinq dollars"),
            ("3 millions €", "3 millions d'euros"), ("5-10 kg", "cinq à dix kilogrammes"),
            ("60 km/h", "soixante kilomètres heure"), ("20 °C", "vingt degrés Celsius"), ("10h30", "dix heures trente"),
            ("14 h 30", "quatorze heures trente"),
            ("1er mai", "premier mai"), ("la 2e fois", "la deuxième fois"), ("M. Dupont", "Monsieur Dupont"),
            ("Dr. Blanc", "Docteur Blanc"),
            ("p. ex. ici", "par exemple ici"), ("1 000 000", "un million"), ("Louis XIV", "Louis quatorze"),
            ("1/2", "un demi"), ("-5", "moins cinq"),
        ])
    func french(text: String, words: String) async throws { try await expectSame(text, words, "fr") }

    @Test(
        "Spanish",
        arguments: [
            ("$5", "cinco dólares"), ("5,20 €", "5 euros con 20 céntimos"),
            ("5-10 %", "5 a 10 por ciento"), ("60 km/h", "60 kilómetros por hora"),
            ("20 °C", "veinte grados Celsius"), ("Sr. López", "señor López"), ("la Sra. Gil", "la señora Gil"),
            ("EE. UU. es", "Estados Unidos es"), ("p. ej. hoy", "por ejemplo hoy"),
            ("pan y & sal", "pan y y sal"), ("3 × 4", "tres por cuatro"), ("5 < 6", "cinco menor que seis"),
            ("-5 grados", "menos cinco grados"), ("1/2", "un medio"), ("5 millones $", "5 millones de dólares"),
        ])
    func spanish(text: String, words: String) async throws { try await expectSame(text, words, "es") }

    @Test(
        "Italian",
        arguments: [
            ("$5", "cinque dollari"), ("5,20 €", "cinque euro e 20 centesimi"),
            ("5-10 kg", "cinque a dieci chilogrammi"), ("60 km/h", "sessanta chilometri orari"),
            ("20 °C", "20 gradi Celsius"), ("Sig. Rossi", "signor Rossi"), ("Dott. Bianchi", "dottor Bianchi"),
            ("3 × 4", "tre per quattro"), ("5 > 3", "cinque maggiore di tre"),
            ("3/4", "tre quarti"), ("3 milioni €", "3 milioni di euro"),
            ("versione 2.0.1", "versione 2 punto 0 punto 1"),
        ])
    func italian(text: String, words: String) async throws { try await expectSame(text, words, "it") }

    @Test(
        "Portuguese",
        arguments: [
            ("R$ 5,50", "5 reais e 50 centavos"), ("$5", "5 dólares"), ("5-10 kg", "5 a 10 quilos"),
            ("60 km/h", "60 quilômetros por hora"),
            ("20 °C", "20 graus Celsius"), ("Sr. Silva", "senhor Silva"), ("Dra. Lima", "doutora Lima"),
            ("1/2", "meio"), ("10:00", "10 horas"), ("5 > 3", "5 maior que 3"),
            ("versão 2.0.1", "versão 2 ponto 0 ponto 1"), ("p. ex. hoje", "por exemplo hoje"),
        ])
    func portuguese(text: String, words: String) async throws { try await expectSame(text, words, "pt") }

    @Test(
        "Russian",
        arguments: [
            ("$5", "5 долларов"), ("1 ₽", "1 рубль"), ("22 ₽", "22 рубля"),
            ("5 руб. за штуку", "5 рублей за штуку"), ("3 %", "3 процента"),
            ("60 км/ч", "60 километров в час"),
            ("5-10 кг", "5 10 килограммов"), ("20 °C", "20 градусов Цельсия"), ("-5", "минус 5"),
            ("т. е. так", "то есть так"), ("в 2024 г. Москва", "в две тысячи двадцать четвёртом году Москва"),
            ("г. Москва", "город Москва"),
            ("5 < 6", "5 меньше 6"), ("3/4", "три четверти"), ("1 000 000", "1000000"),
            ("5 млн $", "5 миллионов долларов"),
        ])
    func russian(text: String, words: String) async throws { try await expectSame(text, words, "ru") }

    @Test(
        "Japanese",
        arguments: [
            ("100円です", "100えんです"), ("3.14です", "3てん1 4です"), ("5個と", "5こと"), ("2024年5月3日", "2024ねん5がつ3にち"),
            ("10:30に", "10じ30ふんに"), ("50%です", "50パーセントです"),
            ("5kgの", "5キログラムの"), ("¥500です", "500えんです"), ("5~10人が", "5から10にんが"), ("3時間です", "3じかんです"),
        ])
    func japanese(text: String, words: String) async throws { try await expectSame("これは" + text, "これは" + words, "ja") }

    @Test(
        "Korean",
        arguments: [
            ("3.14입니다", "3 점 1 4입니다"), ("50%입니다", "50퍼센트입니다"), ("5kg을", "5킬로그램을"), ("$5입니다", "5달러입니다"),
            ("10:30에", "10시 30분에"), ("5~10개", "5에서 10개"),
            ("20°C입니다", "20도입니다"), ("1/2을", "2분의 1을"), ("₩1,000을", "1000원을"), ("-5입니다", "마이너스 5입니다"),
        ])
    func korean(text: String, words: String) async throws { try await expectSame("이것은 " + text, "이것은 " + words, "ko") }
}
