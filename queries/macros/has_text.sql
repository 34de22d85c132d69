-- Whether a text stands in another, whatever the case and the accents of either; false where there is no text to look in.
-- hay: where to look, null for nothing; needle: what to look for.
create or replace temp macro has_text(hay, needle) as
    coalesce(contains(strip_accents(lower(hay)), strip_accents(lower(needle))), false)
