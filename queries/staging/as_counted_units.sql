-- A written duration with a number before each Arabic unit that says one or two by its form alone: ساعتان ودقيقة is then 2 ساعة و 1 دقيقة.
-- written: trimmed text without vowel signs.
create or replace temp macro as_counted_units(written) as
    case
        when strlen(written) = length(written) then written
        else trim(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(written, '(^|[ ,و])(ساع|دقيق|ثاني)ت(ان|ين)( اثنتان| اثنتين)?', '\1 2 \2ة', 'g'),
                        '(^|[ ,و])(يوم|[أا]سبوع)(ان|ين)( اثنان| اثنين)?', '\1 2 \2', 'g'
                    ),
                    '(^|و *)(ساعة|دقيقة|ثانية|يوم|[أا]سبوع)( واحدة?)?', '\1 1 \2', 'g'
                ),
                ' +', ' ', 'g'
            )
        )
    end
