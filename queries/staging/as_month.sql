-- The number of a month by its name or the short form of it in English, Portuguese, Spanish or Arabic; null for any other word.
-- word: lower case, without a dot.
create or replace temp macro as_month(word) as
    cast('{
        jan=1, january=1, janeiro=1, ene=1, enero=1, يناير=1, جانفي=1, كانون الثاني=1,
        feb=2, february=2, fev=2, fevereiro=2, febrero=2, فبراير=2, فيفري=2, شباط=2,
        mar=3, march=3, marco=3, marzo=3, مارس=3, اذار=3, آذار=3,
        apr=4, april=4, abr=4, abril=4, ابريل=4, أبريل=4, افريل=4, نيسان=4,
        may=5, mai=5, maio=5, mayo=5, مايو=5, ماي=5, ايار=5, أيار=5,
        jun=6, june=6, junho=6, junio=6, يونيو=6, جوان=6, حزيران=6,
        jul=7, july=7, julho=7, julio=7, يوليو=7, جويلية=7, تموز=7,
        aug=8, august=8, ago=8, agosto=8, اغسطس=8, أغسطس=8, اوت=8, اب=8, آب=8,
        sep=9, sept=9, september=9, set=9, setembro=9, septiembre=9, setiembre=9, سبتمبر=9, ايلول=9, أيلول=9,
        oct=10, october=10, out=10, outubro=10, octubre=10, اكتوبر=10, أكتوبر=10, تشرين الاول=10,
        nov=11, november=11, novembro=11, noviembre=11, نوفمبر=11, تشرين الثاني=11,
        dec=12, december=12, dez=12, dezembro=12, dic=12, diciembre=12, ديسمبر=12, كانون الاول=12
    }' as map(varchar, integer))[strip_accents(word)]
