// SPDX-License-Identifier: GPL-3.0-or-later

extension LanguageWords {
    static let spanish = LanguageWords(
        prefixes: """
            sr sra srta sres sras dr dra dres d dña lic ing arq prof profa gral cnel tte sto sta ud uds vd vds p.ej ej
            aprox mons fray hno hna excmo excma ilmo av avda c cra admón
            """,
        abbreviations: """
            etc ee.uu ee uu s.a s.l a.c d.c ene feb mar abr may jun jul ago sept sep oct nov dic lun mié jue vie sáb dom
            min máx km kg hs tel teléf ext dpto depto
            """,
        beforeNumbers: "no núm nº n° art arts p pág págs párr párrf cap vol fig tel t",
        starters: """
            el la los las lo un una unos unas este esta estos estas ese esa eso esto aquel él ella ellos ellas yo tú
            usted ustedes nosotros qué quién cuándo dónde cómo cuál cuánto por para con sin en de a al y pero o si no sí
            se su sus mi mis tu tus nuestro nuestra hay es son era fue está cuando donde como porque aunque mientras
            después antes luego entonces hoy ayer mañana aquí ahí allí también además según todo todos cada otro
            """)
}
