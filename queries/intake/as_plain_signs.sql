-- A written date, time or number with the signs that ASCII has for it: digits of Arabic and Persian as 0 to 9, their commas and decimal points,
-- hard and narrow spaces as spaces, and without the marks of direction and the vowel signs that nobody sees or reads there.
-- written: text. The first test spares the many texts of ASCII alone. Signs are named by their number where they could not be seen here: 160, 8201
-- and 8239 are spaces; 1564, 8206, 8207, 8234 to 8238 and 8294 to 8297 say a direction; 1611 to 1618 are vowels.
create or replace temp macro as_plain_signs(written) as
    case
        when strlen(written) = length(written) then written
        else translate(
            written,
            '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫،' || chr(160) || chr(8201) || chr(8239) || '٬' || chr(1564) || chr(8206) || chr(8207)
            || chr(8234) || chr(8235) || chr(8236) || chr(8237) || chr(8238) || chr(8294) || chr(8295) || chr(8296) || chr(8297)
            || chr(1611) || chr(1612) || chr(1613) || chr(1614) || chr(1615) || chr(1616) || chr(1617) || chr(1618),
            '01234567890123456789.,   '
        )
    end
