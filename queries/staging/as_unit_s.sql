-- The seconds of the unit that ends a text such as '7 horas'; null for a word that is none. A month or a year has no fixed length.
-- part: lower case.
create or replace temp macro as_unit_s(part) as
    case
        when regexp_matches(part, '(^|[\d ])(s|secs?|seconds?|segundos?|seg|ثانية|ثوان|ثواني|ثوانٍ)$') then 1
        when regexp_matches(part, '(^|[\d ])(m|mins?|minutes?|minutos?|دقيقة|دقائق)$') then 60
        when regexp_matches(part, '(^|[\d ])(h|hrs?|hours?|horas?|ساعة|ساعات)$') then 3600
        when regexp_matches(part, '(^|[\d ])(d|days?|dias?|días?|يوم|يوما|أيام|ايام)$') then 86400
        when regexp_matches(part, '(^|[\d ])(w|weeks?|semanas?|أسبوع|اسبوع|أسبوعا|اسبوعا|أسابيع|اسابيع)$') then 604800
    end
