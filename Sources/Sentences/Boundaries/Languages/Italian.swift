// SPDX-License-Identifier: GPL-3.0-or-later

extension LanguageWords {
    static let italian = LanguageWords(
        prefixes: """
            sig sigg sig.ra sig.na sig.re dott dott.ssa dr dr.ssa prof prof.ssa ing avv arch geom rag on sen dir amm
            cav comm gen col cap ten mons don s ss p.es es ecc.mo egr gent.mo spett psicol v.cte c.a circa ca
            """,
        abbreviations: """
            ecc etc s.p.a s.r.l a.c d.c gen feb mar apr mag giu lug ago set sett ott nov dic lun mer gio ven sab dom tel
            fig min max st d econ az meteor idraul
            """,
        beforeNumbers: "n no nn art artt p pag pagg cap vol fig tel",
        starters: """
            il lo la i gli le l un uno una questo questa questi queste quello quella quel egli lei lui loro io tu noi voi
            chi che cosa quando dove come perché quale quanto e ma o se non sì no per con senza in di da a al alla nel
            nella su tra fra si suo sua mio mia nostro vostro c è sono era erano ci poi dopo prima oggi ieri domani qui
            lì anche inoltre infatti tuttavia mentre tutto tutti ogni altro
            """)
}
