-- A name in a language: else in English, else in whatever there is; null where there is none.
-- names: map of language to text; language: a code such as 'pt-BR'.
create or replace temp macro in_language(names, language) as
    coalesce(names[language], names['en'], map_values(names)[1])
