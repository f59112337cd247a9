// SPDX-License-Identifier: GPL-3.0-or-later

extension LanguageWords {
    static let portuguese = LanguageWords(
        prefixes: """
            sr sra srs sras srta dr dra drs prof profa eng enga d dom dona exmo exma ilmo cel gen cap ten sto sta p.ex
            ex aprox av r v.exa v.sa
            """,
        abbreviations: """
            etc s.a ltda cia a.c d.c jan fev mar abr mai jun jul ago set out nov dez seg ter qua qui sex sáb dom min máx
            tel obs eua
            """,
        beforeNumbers: "n no nº n.º art arts p pág págs cap vol fig tel séc",
        starters: """
            o a os as um uma uns umas este esta estes estas esse essa isso isto aquele aquela ele ela eles elas eu tu você
            vocês nós que quem quando onde como por porque qual quanto e mas ou se não sim para com sem em no na nos nas
            de do da ao à seu sua meu minha nosso nossa há é são era foi está estão depois antes então hoje ontem amanhã
            aqui ali lá também além segundo todo todos cada outro embora enquanto
            """)
}
