// SPDX-License-Identifier: GPL-3.0-or-later

extension LanguageWords {
    static let german = LanguageWords(
        prefixes: """
            dr prof hr hrn fr frl dipl ing med phil jur rer nat st z.b d.h u.a i.d.r bzw vgl ca sog inkl exkl evtl ggf
            z.t z.z z.zt o.ä u.ä mio mrd allg bes ehem einschl engl entspr franz geb gem gest kath ev lat max min mind
            mtl nachm vorm od rd s.o s.u tel urspr zzgl zz zt kgl geh verh insb zw bspw bzgl ggü lt gem abt wg v v.chr n.chr u.u m.e d.r m.w o.g u.v
            """,
        abbreviations: """
            usw usf etc bsp str pl jh jhd std mo di mi do fr sa so jan feb mär apr jun jul aug sep sept okt nov dez uvm chr temp pers mwst
            u.v.m dgl ff ä
            """,
        beforeNumbers: "nr gl art abs s bd kap abb tab § ziff zi anm aufl hs",
        starters: """
            der die das ein eine einer eines einem einen er sie es wir ihr ich du in im am an auf aus bei mit nach seit
            von vor zu zum zur was wann wer wie wo warum wieso und aber oder doch dann danach dort hier heute morgen
            gestern jetzt diese dieser dieses diesen wenn weil ob als nun so auch nicht kein keine man bitte danke ja
            nein sein seine unser unsere mein meine alle viele einige durch für ohne um während trotz jedoch
            """,
        months: """
            januar jänner februar feber märz april mai juni juli august september oktober november dezember jan feb mär
            apr jun jul aug sep sept okt nov dez
            """,
        beforeOrdinals: """
            der die das dem den des am im vom zum zur beim ans ins ein eine einen einem einer seit bis ab ihr ihre ihren
            ihrem sein seine seinen seinem jeder jede jedes jeden jedem mein meine meinen meinem unser unsere unseren
            dieser diese dieses diesem diesen zweiten ersten und oder
            """,
        endsBeforeNumbers: ["str", "nr"])
}
